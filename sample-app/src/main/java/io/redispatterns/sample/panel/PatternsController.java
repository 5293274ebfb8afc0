package io.redispatterns.sample.panel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The route of the live panel.
 */
@RestController
final class PatternsController {

	private final List<PanelSection> sections;

	PatternsController(List<PanelSection> sections) {
		this.sections = sections;
	}

	@GetMapping("/api/patterns")
	Map<String, Object> patterns() {
		Map<String, Object> patterns = new LinkedHashMap<>();
		this.sections.forEach((section) -> patterns.put(section.name(), section.read()));
		return patterns;
	}

}
