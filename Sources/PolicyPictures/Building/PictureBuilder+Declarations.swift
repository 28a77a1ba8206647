import PolicySemantics
import PolicySource
import PolicyUnits

// Everything that is declared beside the routes.
extension PictureBuilder {
  /// The group of the tasks, a first-match list of its own.
  mutating func addTasks() -> Int? {
    guard !policy.tasks.isEmpty else { return nil }
    let group = addGroup(.tasks, "task: the first that holds")
    var previous: Int?
    for (index, task) in policy.tasks.enumerated() {
      let when = task.condition.map { [line(.condition, $0.span)] } ?? []
      let node = add(
        PolicyPicture.Node(
          id: "task.\(task.name)", kind: .task, group: group, number: index + 1, title: task.name,
          lines: when.isEmpty ? [PolicyPicture.Line(.condition, "otherwise")] : when,
          place: place(task.span)))
      if let previous {
        picture.edges.append(PolicyPicture.Edge(.no, "no", from: .node(previous), to: .node(node)))
      }
      previous = node
    }
    return group
  }

  mutating func addGuards() {
    guard !policy.guards.isEmpty else { return }
    let group = addGroup(.guards, "guards: each one that holds, on every call")
    for declared in policy.guards {
      var lines = declared.condition.map { [line(.condition, $0.span, prefix: "when ")] } ?? []
      for written in declared.lines {
        switch written {
        case .onlyModels(_, let span), .dropTools(let span): lines.append(line(.effect, span))
        case .refuse(_, let span): lines.append(line(.refuse, span))
        }
      }
      declare(.guarding, declared.name, lines, declared.span, in: group)
    }
  }

  mutating func addConditions() {
    guard !policy.conditions.isEmpty else { return }
    let group = addGroup(.conditions, "conditions")
    for declared in policy.conditions {
      declare(
        .condition, declared.name, [line(.condition, declared.condition.span)], declared.span,
        in: group)
    }
  }

  mutating func addPoints() {
    guard !policy.points.isEmpty else { return }
    let group = addGroup(.points, "points: the lines that hold add up")
    for declared in policy.points {
      declare(
        .points, declared.name, declared.lines.map { line(.condition, $0.span) }, declared.span,
        in: group)
    }
  }

  mutating func addClassifiers() {
    guard !policy.classifiers.isEmpty else { return }
    let group = addGroup(.classifiers, "classifiers")
    for declared in policy.classifiers {
      declare(.classifier, declared.name, lines(of: declared), declared.span, in: group)
    }
  }

  private func lines(of classifier: CheckedClassifier) -> [PolicyPicture.Line] {
    let labels = classifier.labels
    var lines = [PolicyPicture.Line(.condition, labels.joined(separator: " | "))]
    lines.append(PolicyPicture.Line(.effect, "reads \(classifier.reads.rawValue)"))
    switch classifier.method {
    case .ask(let model, let question):
      lines.append(PolicyPicture.Line(.effect, "ask \(policy[model].name) \"\(question)\""))
    case .nearest(let file, let threshold, let otherwise):
      let other = labels.indices.contains(otherwise) ? " else \(labels[otherwise])" : ""
      lines.append(
        PolicyPicture.Line(
          .effect, "nearest \"\(file)\" >= \(Amounts.text(threshold))" + other))
    case .http(let url): lines.append(PolicyPicture.Line(.effect, "http \"\(url)\""))
    }
    let timeout = classifier.timeout.map { "timeout \(Amounts.text($0)) " } ?? ""
    if labels.indices.contains(classifier.onFailure) {
      lines.append(
        PolicyPicture.Line(.option, timeout + "on failure \(labels[classifier.onFailure])"))
    }
    return lines
  }

  mutating func addBudgets() {
    guard !policy.budgets.isEmpty else { return }
    let group = addGroup(.budgets, "budgets and limits: all that apply")
    for declared in policy.budgets {
      var amount = definition(declared.span)
      var lines: [PolicyPicture.Line] = []
      if let when = declared.condition {
        let line = line(.condition, when.span, prefix: "when ")
        if amount.hasSuffix(" " + line.text) { amount.removeLast(line.text.count + 1) }
        lines.append(line)
      }
      lines.insert(PolicyPicture.Line(.condition, amount), at: 0)
      declare(.budget, declared.name, lines, declared.span, in: group)
    }
  }

  mutating func addCompressions() {
    guard !policy.compressions.isEmpty else { return }
    let group = addGroup(.compressions, "compressions")
    for declared in policy.compressions {
      let targets = declared.targets.map(\.rawValue).joined(separator: ", ")
      let size =
        switch declared.size {
        case .share(let share): "to \(Amounts.text(share)) "
        case .tokens(let count): "to \(Amounts.grouped(count)) tokens "
        case nil: ""
        }
      let method =
        switch declared.method {
        case .model(let model): policy[model].name
        case .extractive: "extractive"
        case .lossless: "lossless"
        }
      var lines = [
        PolicyPicture.Line(.effect, "target \(targets)"),
        PolicyPicture.Line(.effect, "\(size)with \(method)"),
      ]
      if let when = declared.condition {
        lines.append(line(.condition, when.span, prefix: "when "))
      }
      declare(.compress, declared.name, lines, declared.span, in: group)
    }
  }

  mutating func addGates() {
    guard !policy.gates.isEmpty else { return }
    let group = addGroup(.gates, "gates: what an answer must be")
    for declared in policy.gates {
      declare(
        .gate, declared.name, [PolicyPicture.Line(.condition, definition(declared.span))],
        declared.span, in: group)
    }
  }

  private mutating func declare(
    _ kind: PolicyPicture.Node.Kind, _ name: String, _ lines: [PolicyPicture.Line], _ span: Span,
    in group: Int
  ) {
    _ = add(
      PolicyPicture.Node(
        id: "\(kind.rawValue).\(name)", kind: kind, group: group, title: name,
        lines: lines + origin(span), place: place(span)))
  }
}
