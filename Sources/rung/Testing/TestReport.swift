import JSONWriting
import PolicyAnalysis
import PolicyCompiler
import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// What came of a policy's tests and of its `always` blocks, laid out.
struct TestReport {
  let compiled: CompiledPolicy
  let entries: [Entry]
  /// What the tests show of the policy; nil where nobody asked.
  let coverage: CoverageReport?
  /// What they notice of mistakes made in it; nil where nobody asked.
  let mutation: MutationReport?
  /// Whether only some of the policy's tests were run.
  let isFiltered: Bool
  private let style = Style(coloured: Terminal.coloursOutput)
  let words: TestWords
  private let policyText: PolicyText

  struct Entry {
    let title: String
    let span: Span
    let outcome: Outcome
    /// What is said beside the title.
    var note = ""
    var failures: [PolicyTestResult.Failure] = []
    /// Lines of `given` that nobody asks for.
    var idle: [Span] = []
    var request: RequestInput?
    var decision: Decision?
    /// Of an `always` that was refuted: the request was found, not written.
    var showsRequest = false
  }

  enum Outcome: String {
    case passed, failed, notDecided = "not_decided"
  }

  /// Lays out what came of a run.
  init(_ run: TestRun) {
    compiled = run.compiled
    let words = TestWords(policy: compiled.policy)
    self.words = words
    policyText = PolicyText(compiled.policy)
    isFiltered = run.isFiltered
    coverage = run.coverage.map { CoverageReport($0, run.compiled) }
    mutation = run.mutation.map { MutationReport($0, run.compiled) }
    entries =
      zip(run.results, run.idle).map { result, idle in
        Entry(
          title: result.title, span: result.span, outcome: result.passed ? .passed : .failed,
          failures: result.failures, idle: idle, request: result.request,
          decision: result.decision)
      } + run.verdicts.map { Self.entry($0.always, $0.verdict, words) }
  }

  private static func entry(
    _ always: CheckedAlways, _ verdict: AlwaysVerdict, _ words: TestWords
  ) -> Entry {
    switch verdict {
    case .proved(let proof):
      Entry(
        title: always.title, span: always.span, outcome: .passed, note: words.note(on: proof))
    case .refuted(let found):
      Entry(
        title: always.title, span: always.span, outcome: .failed, note: "refuted",
        failures: found.failures, request: found.request, decision: found.decision,
        showsRequest: true)
    case .notDecided(let reason):
      Entry(
        title: always.title, span: always.span, outcome: .notDecided,
        note: "not decided: \(reason.words(on: always, in: words.policy))")
    }
  }

  /// Whether something is wrong for certain.
  var fails: Bool { entries.contains { $0.outcome == .failed } }

  /// What failed, what is not decided and what is given and not asked for, and how many there are of each;
  /// `verbose` shows those that passed too.
  func text(verbose: Bool) -> String {
    var lines = [compiled.path]
    for entry in entries where verbose || entry.outcome != .passed || !entry.idle.isEmpty {
      let note = entry.note.isEmpty ? "" : style.faint("  (\(entry.note))")
      lines.append("  \(mark(entry.outcome))  \(Terminal.harmless(entry.title))\(note)")
      if entry.outcome == .failed { lines += details(of: entry).map { "        " + $0 } }
      for span in entry.idle {
        let line = policyText.place(span).map { "line \($0.line): " } ?? ""
        lines.append("        \(line)\(idleWords(span))")
      }
    }
    guard !entries.isEmpty else {
      let none =
        isFiltered ? "no test of the policy has this in its title" : "the policy has no tests"
      return (["\(compiled.path): \(none)"] + findings).joined(separator: "\n\n")
    }
    var counts = "\(count(.passed)) passed, \(count(.failed)) failed"
    if count(.notDecided) > 0 { counts += ", \(count(.notDecided)) not decided" }
    let idle = entries.reduce(0) { $0 + $1.idle.count }
    if idle > 0 { counts += ", \(Amounts.count(Int64(idle), "line")) of `given` not asked for" }
    lines.append(counts)
    return ([lines.joined(separator: "\n")] + findings).joined(separator: "\n\n")
  }

  private var findings: [String] {
    [coverage?.text(style), mutation?.text(style)].compactMap(\.self)
  }

  /// `line 12: expected route = faq, got coding`.
  func line(_ failure: PolicyTestResult.Failure) -> String {
    let line = policyText.place(failure.span).map { "line \($0.line): " } ?? ""
    return line + words.problem(failure.problem, written: failure.span)
  }

  func idleWords(_ span: Span) -> String {
    "nobody asks for `\(Terminal.harmless(policyText.text(span)))` here: leave it out"
  }

  private func mark(_ outcome: Outcome) -> String {
    switch outcome {
    case .passed: style.good("ok  ")
    case .failed: style.bad("FAIL")
    case .notDecided: "?   "
    }
  }

  func count(_ outcome: Outcome) -> Int { entries.count { $0.outcome == outcome } }

  static let version = 2

  /// With `--coverage` and `--mutants` members are added, as ``CoverageReport`` and ``MutationReport``
  /// say:
  /// `{"version":2,"policy":…,"passed":…,"failed":…,"not_decided":…,"tests":[{"title":…,
  /// "outcome":"passed","file":…,"line":…,"note":…,"failures":[{"text":…,"line":…}],
  /// "idle":[{"text":…,"line":…}]}]}`.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", Self.version)
      json.member("policy", compiled.path)
      json.member("passed", count(.passed))
      json.member("failed", count(.failed))
      json.member("not_decided", count(.notDecided))
      json.array("tests") { json in
        for entry in entries {
          json.object { json in
            json.member("title", entry.title)
            json.member("outcome", entry.outcome.rawValue)
            let place = policyText.place(entry.span)
            json.member("file", orNull: place?.path)
            json.member("line", orNull: place?.line)
            json.member("note", orNull: entry.note.isEmpty ? nil : entry.note)
            json.array("failures") { json in
              for failure in entry.failures {
                json.object { json in
                  json.member("text", words.problem(failure.problem, written: failure.span))
                  json.member("line", orNull: policyText.place(failure.span)?.line)
                }
              }
            }
            json.array("idle") { json in
              for span in entry.idle {
                json.object { json in
                  json.member("text", policyText.text(span))
                  json.member("line", orNull: policyText.place(span)?.line)
                }
              }
            }
          }
        }
      }
      coverage?.members(in: &json)
      mutation?.members(in: &json)
    }
    return json.text
  }

  /// Why the request was decided as it was; nothing if it was not decided.
  func explanation(of entry: Entry) -> [String] {
    guard let decision = entry.decision, let request = entry.request,
      var facts = try? compiled.graph.facts(of: request)
    else { return [] }
    let explanation = Explainer(graph: compiled.graph, policyPath: compiled.path)
      .explain(decision, facts: &facts)
    var lines = ExplanationText(explanation, style: style).text
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if entry.showsRequest { lines.insert("asked     " + words.request(request), at: 0) }
    return lines
  }
}
