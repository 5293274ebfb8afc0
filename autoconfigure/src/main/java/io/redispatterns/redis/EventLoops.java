package io.redispatterns.redis;

import org.springframework.util.ClassUtils;

/**
 * Threads of event loops, which hold up others when they wait.
 */
public final class EventLoops {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.scheduler.NonBlocking",
			EventLoops.class.getClassLoader());

	private static final boolean NETTY = ClassUtils.isPresent("io.netty.util.concurrent.FastThreadLocalThread",
			EventLoops.class.getClassLoader());

	private EventLoops() {
	}

	/**
	 * Whether a thread is one of Netty's or one that Reactor calls non-blocking.
	 * @param thread the thread
	 * @return {@code true} for a thread that must not wait
	 */
	public static boolean contain(Thread thread) {
		return (NETTY && NettyThreads.contain(thread)) || (REACTOR && NonBlockingThreads.contain(thread));
	}

	private static final class NettyThreads {

		static boolean contain(Thread thread) {
			return thread instanceof io.netty.util.concurrent.FastThreadLocalThread;
		}

	}

	private static final class NonBlockingThreads {

		static boolean contain(Thread thread) {
			return thread instanceof reactor.core.scheduler.NonBlocking;
		}

	}

}
