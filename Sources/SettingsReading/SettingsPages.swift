package import PolicyDiagnostics

extension DiagnosticCode {
  package static let settingsUnknownKey = DiagnosticCode("settings_unknown_key")
  package static let settingsUnknownRule = DiagnosticCode("settings_unknown_rule")
  package static let settingsUnknownLevel = DiagnosticCode("settings_unknown_level")
  package static let settingsBelowFloor = DiagnosticCode("settings_below_floor")
  package static let settingsNoEvidence = DiagnosticCode("settings_no_evidence")
  package static let settingsBrokenEvidence = DiagnosticCode("settings_broken_evidence")
  package static let settingsNotAMapping = DiagnosticCode("settings_not_a_mapping")
}

/// The pages of what is found in `rung.yaml`.
package enum SettingsPages {
  package static let all: [DiagnosticPage] = [
    DiagnosticPage(
      .settingsUnknownKey, language: .settings,
      finds: "A key of `rung.yaml` that is none.",
      why: "A misspelt key would leave every rule as it was, and nobody would notice.",
      wrong: "rule:\n  unused_declaration: error\n",
      instead: "rules:\n  unused_declaration: error\n",
      fix: "Takes the near key, where there is one."),
    DiagnosticPage(
      .settingsUnknownRule, language: .settings,
      finds: "A rule in `rung.yaml` that does not exist.",
      why: "A setting for no rule does nothing, while its reader believes that it does.",
      wrong: "rules:\n  unused_declarations: error\n",
      instead: "rules:\n  unused_declaration: error\n",
      fix: "Takes the near rule, where there is one."),
    DiagnosticPage(
      .settingsUnknownLevel, language: .settings,
      finds: "A severity in `rung.yaml` that is none of `off`, `note`, `warning` and `error`.",
      why:
        "Each setting is one of four words, so that a reader need not guess what `strict` means.",
      wrong: "rules:\n  unused_declaration: fatal\n",
      instead: "rules:\n  unused_declaration: error\n",
      fix: "Takes the near word, where there is one."),
    DiagnosticPage(
      .settingsBelowFloor, language: .settings,
      finds: "A rule that `rung.yaml` sets lower than it may be.",
      why: """
        What stops a policy from compiling is an error, whatever a file beside it says. Some lint \
        rules have a floor too: they are about promises to others, which settings cannot take back.
        """,
      wrong: "rules:\n  unknown_name: warning\n",
      instead: "rules:\n  unused_declaration: warning\n",
      fix: "Takes the lowest severity the rule may have; the findings come back with it."),
    DiagnosticPage(
      .settingsNoEvidence, language: .settings,
      finds: "An evidence file that `rung.yaml` names and that cannot be read.",
      why: """
        A threshold would count as measured, or not, by whether a file happens to be there. Files are \
        named from the folder of `rung.yaml`.
        """,
      wrong: "evidence: [nowhere.evidence.json]\n",
      instead: "evidence: []\n"),
    DiagnosticPage(
      .settingsBrokenEvidence, language: .settings,
      finds: "An evidence file that is no evidence: no JSON, or without what it has to say.",
      why: """
        Evidence is what `rung eval --calibrate GATE --evidence FILE` wrote of a gate (what it asks, \
        the models before it, thresholds and counts) or `rung cache measure --evidence FILE` of a cache \
        (the encoder, the guards, the threshold, and how many pairs were wrong). Nothing of it is guessed.
        """,
      wrong: "evidence: [broken.evidence.json]\n",
      instead: "evidence: []\n"),
    DiagnosticPage(
      .settingsNotAMapping, language: .settings,
      finds: "A list, a mapping or a text in `rung.yaml` where something else belongs.",
      why: "Nothing of it would be read.",
      wrong: "rules: [unused_declaration]\n",
      instead: "rules: {unused_declaration: error}\n"),
  ]
}
