package import PolicyExplain
package import PolicySemantics
import ReportPages

/// Decisions on one page: each with its path lit in the picture of the policy, its reasons, its plan
/// and its costs, every place a link into the source on the same page.
///
/// Shows what the explanations say and computes nothing anew.
package struct ExplanationPage {
  package let text: String

  package init(_ explanations: [Explanation], of policy: CheckedPolicy, path: String) {
    let picture = PolicyPicture(policy, path: path)
    let source = SourceListing(policy.sources, showing: picture.paths.union([path]))
    let names = explanations.compactMap(\.requestName)
    let title = names.count == 1 ? "\(path): \(names[0])" : path
    var main = explanations.count > 1 ? Self.contents(explanations) : ""
    for (index, explanation) in explanations.enumerated() {
      main += "<section id=\"request-\(index + 1)\">\n"
      if let name = explanation.requestName { main += "<h2>\(PageText.escaped(name))</h2>\n" }
      main += ExplanationBody(explanation, picture, source).html + "</section>\n"
    }
    text = HTMLPage.text(title: title, main: main, source: source)
  }

  /// What became of each request, in one table.
  private static func contents(_ explanations: [Explanation]) -> String {
    var out = "<h3>requests</h3>\n<div class=\"scroll\"><table>\n"
    for (index, explanation) in explanations.enumerated() {
      let name = PageText.escaped(explanation.requestName ?? "request \(index + 1)")
      let words = ExplanationWords(currency: explanation.currency)
      let first = explanation.calls.first { $0.isAnswering && $0.dropped == nil }
      out += "<tr><td><a href=\"#request-\(index + 1)\">\(name)</a></td>"
      out += "<td>\(verdict(explanation))</td>"
      out += "<td class=\"model\">\(PageText.escaped(first?.model ?? ""))</td>"
      out +=
        "<td class=\"figure\">\(PageText.escaped(words.range(explanation.cost)))</td></tr>\n"
    }
    return out + "</table></div>\n"
  }

  private static func verdict(_ explanation: Explanation) -> String {
    switch explanation.outcome {
    case .route: PageText.escaped(explanation.route?.name ?? "")
    case .refused: "<span class=\"bad\">refused</span>"
    case .needs(let classifier, _, _): "needs \(PageText.escaped(classifier))"
    }
  }
}
