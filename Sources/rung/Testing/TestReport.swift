import JSONWriting
import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// The results of a policy's tests, laid out.
struct TestReport {
  private let compiled: CompiledPolicy
  private let results: [PolicyTestResult]
  private let style = Style(coloured: Terminal.coloursOutput)
  private let words: TestWords
  private let policyText: PolicyText

  init(_ compiled: CompiledPolicy, _ results: [PolicyTestResult]) {
    self.compiled = compiled
    self.results = results
    words = TestWords(policy: compiled.policy)
    policyText = PolicyText(compiled.policy)
  }

  var text: String {
    var lines = [compiled.path]
    for result in results {
      let mark = result.passed ? style.good("ok  ") : style.bad("FAIL")
      lines.append("  \(mark)  \(result.title)\(samples(result))")
      guard !result.passed else { continue }
      for failure in result.failures {
        let line = policyText.place(failure.span).map { "line \($0.line): " } ?? ""
        lines.append("        \(line)\(words.problem(failure.problem, written: failure.span))")
      }
      lines += explanation(of: result).map { "        " + $0 }
    }
    guard !results.isEmpty else { return "\(compiled.path): the policy has no tests" }
    let failed = results.count { !$0.passed }
    lines.append("\(results.count - failed) passed, \(failed) failed")
    return lines.joined(separator: "\n")
  }

  /// `{"version":1,"policy":…,"passed":…,"failed":…,"tests":[{"title":…,"passed":…,"place":…,
  /// "tried":…,"met":…,"failures":[{"text":…,"place":…}]}]}`.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.member("policy", compiled.path)
      json.member("passed", results.count { $0.passed })
      json.member("failed", results.count { !$0.passed })
      json.array("tests") { json in
        for result in results {
          json.object { json in
            json.member("title", result.title)
            json.member("passed", result.passed)
            json.member("line", orNull: policyText.place(result.span)?.line)
            json.member("tried", orNull: result.samples?.tried)
            json.member("met", orNull: result.samples?.met)
            json.array("failures") { json in
              for failure in result.failures {
                json.object { json in
                  json.member("text", words.problem(failure.problem, written: failure.span))
                  json.member("line", orNull: policyText.place(failure.span)?.line)
                }
              }
            }
          }
        }
      }
    }
    return json.text
  }

  private func samples(_ result: PolicyTestResult) -> String {
    guard let samples = result.samples else { return "" }
    if samples.met == 0 {
      return style.faint("  (none of \(samples.tried) made requests met it: nothing was shown)")
    }
    return style.faint("  (held for \(samples.met) of \(samples.tried) made requests)")
  }

  /// Why the request was decided as it was; nothing if it was not decided.
  private func explanation(of result: PolicyTestResult) -> [String] {
    guard let decision = result.decision, let request = result.request,
      var facts = try? compiled.graph.facts(of: request)
    else { return [] }
    let explanation = Explainer(graph: compiled.graph, policyPath: compiled.path)
      .explain(decision, facts: &facts)
    var lines = ExplanationText(explanation, style: style).text
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if result.samples != nil { lines.insert("asked     " + words.request(request), at: 0) }
    return lines
  }
}
