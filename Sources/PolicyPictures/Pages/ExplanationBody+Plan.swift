import PolicyExplain

// Below the picture: what would be done, and what was not.
extension ExplanationBody {
  var calls: String {
    let rows = explanation.calls.map { call in
      var cells = [text(call.step), "<span class=\"model\">\(text(call.model))</span>"]
      if let dropped = call.dropped {
        let reason = "dropped: \(text(dropped.text)) \(at(dropped.place))"
        cells += ["<span class=\"bad\">\(reason)</span>", "", ""]
      } else {
        let gates = call.gates.joined(separator: " and ")
        let accepts = !call.isAnswering ? "" : gates.isEmpty ? "any answer" : "if \(gates)"
        cells += [text(accepts), text(words.range(call.cost)), text(words.output(call))]
      }
      cells.append(at(call.place))
      return line(cells, isOff: call.dropped != nil)
    }
    guard !rows.isEmpty else { return "" }
    let head = ["step", "model", "accepts", "cost", "output tokens", ""]
    return "<h3>plan</h3>\n" + table(head, rows)
  }

  var effects: String {
    let rows = explanation.effects.map { effect in
      line(
        ["<code>\(text(effect.text))</code>", text(effect.note ?? ""), at(effect.place)],
        isOff: !effect.applies)
    }
    return rows.isEmpty ? "" : "<h3>effects, in this order</h3>\n" + table([], rows)
  }

  var budgets: String {
    let rows = explanation.budgets.map { budget in
      let amount = text(budget.text)
      return line([
        text(budget.name), budget.isSpent ? "<span class=\"bad\">\(amount)</span>" : amount,
        at(budget.place),
      ])
    }
    return rows.isEmpty ? "" : "<h3>budgets</h3>\n" + table([], rows)
  }

  var missed: String {
    let rows = explanation.missed.map { missed in
      line([
        text(missed.name), "<code>\(text(missed.failed.condition))</code>",
        text(missed.failed.observed), at(missed.failed.place),
      ])
    }
    return rows.isEmpty ? "" : "<h3>not taken, nearest first</h3>\n" + table([], rows)
  }

  /// Every label of the classifier that has to answer, with the decision it leads to; labels that
  /// lead to the same stand together.
  var branches: String {
    guard case .needs(_, _, let branches) = explanation.outcome else { return "" }
    var groups: [(labels: [String], body: String)] = []
    for branch in branches {
      let label = text(branch.label) + (branch.isFailureValue ? " (also on failure)" : "")
      let body = ExplanationBody(branch.explanation, picture, source).html
      if let same = groups.firstIndex(where: { $0.body == body }) {
        groups[same].labels.append(label)
      } else {
        groups.append(([label], body))
      }
    }
    return groups.map { group in
      let labels = group.labels.joined(separator: " or ")
      return "<details><summary>if \(labels)</summary>\n\(group.body)</details>\n"
    }.joined()
  }

  private func line(_ cells: [String], isOff: Bool = false) -> String {
    let cells = cells.map { "<td>\($0)</td>" }.joined()
    return "<tr\(isOff ? " class=\"off\"" : "")>\(cells)</tr>"
  }
}
