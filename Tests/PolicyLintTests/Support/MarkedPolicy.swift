import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySource
import PolicyWorkspace
import RoutingCatalog
import Testing

/// A policy with the spans a rule must find marked in place: `keywords ⟦("a")⟧`.
///
/// Marks may nest: `⟦route a { ⟦use m⟧ }⟧` expects two findings.
struct MarkedPolicy {
  let text: String
  let expected: [Range<UInt32>]

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var open: [UInt32] = []
    var ranges: [Range<UInt32>] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "⟦": open.append(UInt32(bytes.count))
      case "⟧": if let start = open.popLast() { ranges.append(start..<UInt32(bytes.count)) }
      default: bytes += Array(String(scalar).utf8)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
    expected = ranges.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }
}

/// The catalog of the samples, unless one brings its own.
let sampleCatalog = """
  currency: USD
  reference_tokenizer: qwen
  providers:
    near: {base_url: "https://near.invalid/v1", key_env: NEAR_KEY}
    far: {base_url: "https://far.invalid/v1", key_env: FAR_KEY, bills_cancelled: yes}
  models:
    small:
      provider: near
      region: eu
      window: 32k
      max_output: 8k
      capabilities: [tools, json, streaming]
      tokenizer: qwen
      acceptance: {share: 80%, source: measured}
      prices: {input: 0.01, output: 0.02}
    medium:
      provider: near
      region: eu
      window: 128k
      max_output: 8k
      capabilities: [tools, json, streaming]
      tokenizer: deepseek
      acceptance: {share: 90%, source: measured}
      prices: {input: 0.10, output: 0.40}
    large:
      provider: far
      region: us
      window: 128k
      max_output: 64k
      capabilities: [tools, json, json_schema, images, streaming, logprobs, reasoning]
      tokenizer: openai
      prices: {input: 1.00, output: 4.00}
    cached:
      provider: far
      region: us
      window: 128k
      max_output: 8k
      capabilities: [tools, json, streaming]
      tokenizer: openai
      prices: {input: 2.00, output: 8.00, cached_input: 0.20}
  embedders:
    minilm: {provider: near, upstream: all-MiniLM-L6-v2, dimensions: 384}
  """

/// A policy read, checked and linted.
struct LintedPolicy {
  let text: String
  let diagnostics: [Diagnostic]
  let subject: LintSubject

  /// Files the policy names go by path; `catalog.yaml` is the sample's unless given.
  init(
    _ text: String, rules: [any LintRule.Type], files: [String: String] = [:],
    evidence: [MeasuredEvidence] = []
  ) throws {
    self.text = text
    var all = ["catalog.yaml": sampleCatalog].merging(files) { $1 }
    all["policy.rung"] = text
    let loaded = PolicyLoader.load(
      path: "policy.rung",
      read: { all[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      },
      otherRules: LintRules.codes)
    let errors = loaded.diagnostics.filter { $0.severity == .error }
    let policy = try #require(loaded.checked, "\(errors.map(\.message))")
    subject = LintSubject(
      graph: try DecisionGraph(policy), files: loaded.files, evidence: evidence)
    diagnostics = Linter.check(subject, rules: rules)
  }

  /// The text after every fix-it has been applied, from the end to the start.
  var fixed: String {
    var bytes = Array(text.utf8)
    let edits = diagnostics.flatMap { $0.fixIts.first?.edits ?? [] }.sorted { $0.span > $1.span }
    for edit in edits {
      bytes.replaceSubrange(Int(edit.span.start)..<Int(edit.span.end), with: edit.replacement.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Holds a rule against a policy whose findings are marked; where `fixed` is given, also what the
/// fix-its make of it, which must draw no finding.
///
/// A line that starts with `rung 1` and a catalog are put in front unless the text has them.
func check(
  _ rule: any LintRule.Type, _ marked: String, fixed: String? = nil,
  messages: [String]? = nil, files: [String: String] = [:], evidence: [MeasuredEvidence] = [],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let sample = MarkedPolicy(withHead(marked))
  let linted = try LintedPolicy(sample.text, rules: [rule], files: files, evidence: evidence)
  let found = linted.diagnostics.map { $0.span.start..<$0.span.end }
  #expect(
    found == sample.expected, "\(linted.diagnostics.map(\.message))",
    sourceLocation: sourceLocation)
  if let messages {
    #expect(linted.diagnostics.map(\.message) == messages, sourceLocation: sourceLocation)
  }
  if let fixed {
    let fixed = withHead(fixed)
    #expect(linted.fixed == fixed, sourceLocation: sourceLocation)
    let again = try LintedPolicy(fixed, rules: [rule], files: files)
    #expect(again.diagnostics.isEmpty, sourceLocation: sourceLocation)
  }
}

func withHead(_ text: String) -> String {
  text.hasPrefix("rung 1") ? text : "rung 1\ncatalog \"catalog.yaml\"\n" + text
}
