package io.redispatterns.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Properties;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application with nothing but caching in Redis: what the class path brings is all it
 * has. It reports when it was ready and with how many threads.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableCaching
public class StartupApplication {

	public static void main(String[] args) throws IOException {
		SpringApplication application = new SpringApplication(StartupApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run("--spring.application.name=startup",
				"--spring.main.banner-mode=off", "--spring.main.log-startup-info=false",
				"--spring.data.redis.port=" + args[1])) {
			OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
			long ready = ManagementFactory.getRuntimeMXBean().getUptime();
			Properties findings = new Properties();
			findings.setProperty("ready", Long.toString(ready));
			findings.setProperty("cpu", Long.toString(system.getProcessCpuTime() / 1000));
			findings.setProperty("threads", Integer.toString(Thread.getAllStackTraces().size()));
			findings.setProperty("redisson",
					Long.toString(Thread.getAllStackTraces()
						.keySet()
						.stream()
						.filter((thread) -> thread.getName().startsWith("redisson"))
						.count()));
			findings.setProperty("beans", Integer.toString(context.getBeanDefinitionCount()));
			ChildJvm.report(args[0], findings);
		}
	}

}
