package import PolicyDiagnostics
package import PolicyLint
package import PolicySource
import YAMLReading

/// Reads `rung.yaml`: how much each kind of finding shall matter to a team, and what it has measured.
///
/// ```yaml
/// rules:
///   unused_declaration: error    # off, note, warning or error
///   one_letter_keyword: off
/// evidence: [faq.evidence.json]  # beside this file
/// ```
package enum SettingsReader {
  package static let fileName = "rung.yaml"

  /// The settings of a file and what was wrong with it; what is wrong is left out of the settings.
  ///
  /// `rules` are all codes there are, with the least severity each may be given; `evidence` gives the
  /// bytes of a file named from the settings' own folder, nil if it cannot be read.
  package static func read(
    _ file: SourceFile, rules: RuleFloors, evidence: (String) -> [UInt8]? = { _ in nil }
  ) -> Parsed<LintSettings> {
    let yaml = YAMLReader.read(file, limits: YAMLLimits(bytes: 1 << 20, depth: 16, nodes: 10_000))
    var reading = SettingsReading(file: file, rules: rules)
    if let root = yaml.value { reading.read(root: root, evidence) }
    let found = yaml.diagnostics + reading.diagnostics
    return Parsed(reading.settings, diagnostics: found.sorted(by: Diagnostic.isShownBefore))
  }
}

/// One file while it is read.
private struct SettingsReading {
  let file: SourceFile
  let rules: RuleFloors
  var settings = LintSettings()
  var diagnostics: [Diagnostic] = []

  private static let keys = ["rules", "evidence"]

  mutating func read(root: YAMLNode, _ evidence: (String) -> [UInt8]?) {
    guard let entries = mapping(root, called: "this file") else { return }
    for entry in entries {
      if entry.key == "evidence" {
        read(evidence: entry.value, evidence)
        continue
      }
      guard entry.key == "rules" else {
        let near = NearName.of(entry.key, among: Self.keys)
        add(.unknownKey(entry.key, near: near), at: entry.keySpan)
        continue
      }
      for rule in mapping(entry.value, called: "`rules`") ?? [] { read(rule: rule) }
    }
  }

  private mutating func read(evidence node: YAMLNode, _ bytes: (String) -> [UInt8]?) {
    switch node.content {
    case .refused: return
    case .scalar(let scalar) where scalar.isAbsent: return
    case .scalar, .mapping: add(.notAList("`evidence`"), at: node.span)
    case .sequence(let items):
      for item in items {
        guard case .scalar(let scalar) = item.content, !scalar.text.isEmpty else {
          add(.notAList("`evidence`"), at: item.span)
          continue
        }
        guard let found = bytes(scalar.text) else {
          add(.noEvidence(scalar.text), at: item.span)
          continue
        }
        do throws(EvidenceProblem) {
          settings.evidence.append(
            MeasuredEvidence(name: scalar.text, content: try EvidenceReader.read(found)))
        } catch {
          add(
            .brokenEvidence(scalar.text, error, EvidenceReader.maker(of: found)), at: item.span)
        }
      }
    }
  }

  private mutating func read(rule entry: YAMLEntry) {
    let code = DiagnosticCode(entry.key)
    guard let floor = rules[code] else {
      add(
        .unknownRule(entry.key, near: NearName.of(entry.key, among: rules.names)), at: entry.keySpan
      )
      return
    }
    guard let level = level(entry.value, of: entry) else { return }
    if case .atLeast(let least) = floor, level.isBelow(least) {
      add(.belowFloor(entry.key, level: level.rawValue, floor: least), at: entry.value.span)
      return
    }
    settings[code] = level
  }

  private mutating func level(_ value: YAMLNode, of entry: YAMLEntry) -> LintSettings.Level? {
    switch value.content {
    case .refused:
      return nil
    case .scalar(let scalar):
      if let level = LintSettings.Level(rawValue: scalar.text) { return level }
      // Nothing is written after the key: the key is what a reader can see.
      let span = value.span.count > 0 ? value.span : entry.keySpan
      let near = NearName.of(scalar.text, among: LintSettings.Level.allCases.map(\.rawValue))
      add(.unknownLevel(scalar.text, near: near), at: span)
      return nil
    case .sequence, .mapping:
      add(.unknownLevel(nil, near: nil), at: value.span)
      return nil
    }
  }

  private mutating func mapping(_ node: YAMLNode, called name: String) -> [YAMLEntry]? {
    switch node.content {
    case .mapping(let entries): return entries
    case .refused: return nil
    case .scalar(let scalar) where scalar.isAbsent: return []
    case .scalar, .sequence:
      add(.notAMapping(name), at: node.span)
      return nil
    }
  }

  private mutating func add(_ problem: SettingsProblem, at span: Span) {
    diagnostics.append(problem.diagnostic(at: span))
  }
}
