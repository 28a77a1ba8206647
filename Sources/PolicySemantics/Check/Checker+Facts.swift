import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Facts and classifiers: what is known of a request beyond its own text.
extension Checker {
  /// The types of all facts and the labels of all classifiers, before any condition is read.
  mutating func readLabelTypes() {
    factTypes = declared.facts.map { found in
      switch found.node.type {
      case .bool: .bool
      case .count: .count
      case .text: .text
      case .labels(let labels): .labels(labels.map(\.text))
      }
    }
    classifierLabels = declared.classifiers.map { $0.node.labels.map(\.text) }
  }

  mutating func checkFacts() -> [CheckedFact?] {
    declared.facts.indices.map { index in
      let fact = declared.facts[index].node
      if case .labels(let labels) = fact.type { checkLabels(labels) }
      let origin = checkOrigin(fact.origin)
      guard let presence = fact.presence, !hasBorrowedType(fact) else { return nil }
      switch presence {
      case .required:
        return origin.map {
          CheckedFact(
            name: fact.name.text, type: factTypes[index], byDefault: nil, origin: $0,
            span: fact.span)
        }
      case .byDefault(let value):
        let standard = readFact(value, FactID(index), of: fact.name.text)
        guard let standard, let origin else { return nil }
        return CheckedFact(
          name: fact.name.text, type: factTypes[index], byDefault: standard, origin: origin,
          span: fact.span)
      }
    }
  }

  private mutating func checkLabels(_ labels: [Name]) {
    var places: [String: Span] = [:]
    for label in labels {
      if let first = places[label.text] {
        add(NameProblem.duplicate(label.text, first: first), at: label.span)
      } else {
        places[label.text] = label.span
      }
    }
  }

  private mutating func checkOrigin(_ origin: FactDeclaration.Origin?) -> CheckedFact.Origin? {
    switch origin {
    case nil: return .metadata
    case .key: return .key
    case .header(let name):
      guard nonEmpty(name, "the header's name") else { return nil }
      let isToken = name.value.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
      guard isToken else {
        add(
          ValueProblem.outOfRange(
            "header", allowed: "the name of an HTTP header such as `x-cohort`",
            found: name.value),
          at: name.span)
        return nil
      }
      return .header(name.value.lowercased())
    }
  }

  /// A value of the fact's type.
  mutating func readFact(_ value: Value, _ id: FactID, of subject: String) -> FactValue? {
    switch factTypes[id.index] {
    case .bool: readBool(value, of: subject).map { .bool($0) }
    case .count: readCount(value, of: subject).map { .count($0) }
    case .text: readAnyString(value, of: subject).map { .text($0) }
    case .labels: readLabel(value, of: subject, .fact(id)).map { .label($0) }
    }
  }

  /// A text in quotes that may be empty.
  private mutating func readAnyString(_ value: Value, of subject: String) -> String? {
    if case .string("") = value.kind { return "" }
    return readString(value, of: subject)
  }

  mutating func checkClassifiers() -> [CheckedClassifier?] {
    declared.classifiers.indices.map { index in
      let found = declared.classifiers[index]
      let node = found.node
      checkLabels(node.labels)
      let part = node.reads.flatMap { textPart($0, for: "reads") }
      let method = node.method.flatMap { checkMethod($0, ClassifierID(index)) }
      let failure = node.onFailure.flatMap {
        classifierLabel($0, ClassifierID(index), for: node.name.text)
      }
      var timeout: Milliseconds?
      if let value = node.timeout {
        timeout = readDuration(value, of: "timeout")
        guard timeout != nil else { return nil }
      }
      guard let part, let method, let failure else { return nil }
      return CheckedClassifier(
        name: node.name.text, labels: classifierLabels[index], reads: part, method: method,
        timeout: timeout, onFailure: failure, span: found.span)
    }
  }

  private mutating func classifierLabel(
    _ name: Name, _ id: ClassifierID, for subject: String
  ) -> Int? {
    let labels = classifierLabels[id.index]
    if let index = labels.firstIndex(of: name.text) { return index }
    unknownValue(name, of: subject, choices: labels)
    return nil
  }

  private mutating func checkMethod(
    _ method: ClassifierDeclaration.Method, _ id: ClassifierID
  ) -> CheckedClassifier.Method? {
    switch method {
    case .ask(let model, let question):
      let hasQuestion = nonEmpty(question, "the question to ask")
      guard let found = lookUpModel(model) else { return nil }
      calls.append(PaidCall(callee: .model(found), span: model.span))
      return hasQuestion ? .ask(found, question: question.value) : nil
    case .nearest(let examples, let threshold, let otherwise):
      let key = file(examples)
      let score = readScore(threshold, of: "nearest")
      let label = classifierLabel(
        otherwise, id, for: declared.classifiers[id.index].node.name.text)
      guard let key, let score, let label else { return nil }
      return .nearest(file: key, threshold: score, otherwise: label)
    case .http(let url):
      return readURL(Value(.string(url.value), at: url.span), of: "http").map { .http(url: $0) }
    }
  }
}
