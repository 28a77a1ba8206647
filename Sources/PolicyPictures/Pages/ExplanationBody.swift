import PolicyExplain
import PolicyUnits
import ReportPages

/// One explanation as markup: verdict, costs, reasons, the lit picture, the plan.
struct ExplanationBody {
  let explanation: Explanation
  let words: ExplanationWords
  let picture: PolicyPicture
  let source: SourceListing

  init(_ explanation: Explanation, _ picture: PolicyPicture, _ source: SourceListing) {
    self.explanation = explanation
    self.picture = picture
    self.source = source
    words = ExplanationWords(currency: explanation.currency)
  }

  var html: String {
    verdict + costs + reasons + figure + calls + effects + budgets + missed + branches
      + fingerprints
  }

  func text(_ text: String) -> String { PageText.escaped(text) }

  func at(_ place: Explanation.Place?) -> String {
    guard let place, let link = source.link(path: place.path, line: place.line) else { return "" }
    let name = place.path == explanation.policyPath ? "line" : text(place.path)
    return "<a class=\"at\" href=\"\(text(link))\">\(name) \(place.line)</a>"
  }

  func table(_ head: [String], _ rows: [String]) -> String {
    guard !rows.isEmpty else { return "" }
    let cells = head.map { "<th>\($0)</th>" }.joined()
    let top = head.isEmpty ? "" : "<tr>\(cells)</tr>\n"
    return "<div class=\"scroll\"><table>\n\(top)\(rows.joined(separator: "\n"))\n</table></div>\n"
  }

  // MARK: Top

  private var verdict: String {
    var out = ""
    switch explanation.outcome {
    case .route: break
    case .refused(let statement, _):
      out += "<p class=\"verdict\"><b class=\"bad\">refused</b> \(text(statement.text)) "
      out += "\(at(statement.place))</p>\n"
    case .needs(let classifier, let method, _):
      out += "<p class=\"verdict\">needs the answer of classifier <b>\(text(classifier))</b>: "
      out += "\(text(method.text)) \(at(method.place))</p>\n"
    }
    guard let route = explanation.route else { return out }
    out += "<p class=\"verdict\">route <b>\(text(route.name))</b> \(at(route.place))"
    let first = explanation.calls.first { $0.isAnswering && $0.dropped == nil }
    if let first { out += " starts with <b class=\"model\">\(text(first.model))</b>" }
    return out + "</p>\n"
  }

  private var costs: String {
    let cost = explanation.cost
    var out = "<dl class=\"costs\">\n"
    for (name, figure) in [
      ("at least", cost.atLeast), ("expected", cost.expected), ("at most", cost.atMost),
    ] {
      out += "<div><dt>\(name)</dt><dd>\(text(words.figure(figure)))</dd></div>\n"
    }
    out += "</dl>\n"
    if let basis = explanation.expectedBasis {
      out += "<p class=\"faint\">expected: \(text(basis))</p>\n"
    }
    return out
  }

  private var reasons: String {
    var rows: [String] = []
    for observation in explanation.route?.why ?? [] { rows.append(row("route", observation)) }
    if let task = explanation.task {
      for observation in task.why { rows.append(row("task \(task.name)", observation)) }
    }
    if let arm = explanation.arm {
      rows.append(
        "<tr><td>arm \(text(arm.name))</td><td>\(Amounts.text(arm.share))</td>"
          + "<td>\(text(arm.text))</td><td>\(at(arm.place))</td></tr>")
    }
    guard !rows.isEmpty else { return "" }
    return "<h3>why</h3>\n" + table([], rows)
  }

  private func row(_ name: String, _ observation: Explanation.Observation) -> String {
    "<tr><td>\(text(name))</td><td><code>\(text(observation.condition))</code></td>"
      + "<td>\(text(observation.observed))</td><td>\(at(observation.place))</td></tr>"
  }

  private var figure: String {
    var builder = LightBuilder(picture, explanation)
    let lit = builder.build()
    let source = source
    let svg = PictureSVG(lit.picture, light: lit.light) {
      source.link(path: $0.path, line: $0.line)
    }
    return HTMLPage.figure(svg)
  }

  private var fingerprints: String {
    "<p class=\"faint\">policy \(text(String(explanation.policyFingerprint.prefix(12)))) · "
      + "catalog \(text(String(explanation.catalogFingerprint.prefix(12))))</p>\n"
  }
}
