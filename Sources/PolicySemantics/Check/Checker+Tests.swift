import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

extension CheckedTest.Field.Kind {
  fileprivate var isDate: Bool { if case .date = self { true } else { false } }
}

/// `test` declarations: a request, what is given, and what must come of it.
extension Checker {
  mutating func checkTests() -> [CheckedTest?] {
    declared.tests.map { found in
      let node = found.node
      let hasTitle = enterTitle(node.title)
      let request = checkRequest(node.request)
      var isSound = hasTitle && request != nil
      var given: [CheckedTest.Given] = []
      var once = OnceOnly()
      for line in node.given {
        let part = line.part(failsApart: scope[line.subject.text] == nil)
        if let first = once.enter(part, at: line.span) {
          add(RouteProblem.repeatedPart(part.quoted, first: first), at: line.span)
        }
        if let checked = checkGiven(line) { given.append(checked) } else { isSound = false }
      }
      if node.expect.isEmpty {
        absent(
          FileProblem.emptyDeclaration("expect", needs: "a line such as `route = faq`"),
          at: node.title.span)
      }
      var expect: [Expectation] = []
      for entry in node.expect {
        if let checked = checkExpectation(entry) {
          expect.append(checked)
        } else {
          isSound = false
        }
      }
      guard isSound, let request else { return nil }
      return CheckedTest(
        title: node.title.value, request: request, given: given, expect: expect,
        span: found.span)
    }
  }

  mutating func checkAlways() -> [CheckedAlways?] {
    declared.always.map { found in
      let node = found.node
      let hasTitle = enterTitle(node.title)
      let condition = check(node.condition)
      if node.entries.isEmpty {
        absent(
          FileProblem.emptyDeclaration("always", needs: "a line such as `route = faq`"),
          at: node.title.span)
      }
      var expect: [Expectation] = []
      for entry in node.entries {
        if ["answered_by", "climbs", "cached"].contains(entry.subject.text) {
          add(
            NameProblem.wrongPlace(
              entry.subject.text, belongsTo: "a request that was answered", here: "all requests"),
            at: entry.subject.span)
        } else if let checked = checkExpectation(entry) {
          expect.append(checked)
        }
      }
      guard hasTitle, let condition, expect.count == node.entries.count else { return nil }
      return CheckedAlways(
        title: node.title.value, condition: condition, expect: expect, span: found.span)
    }
  }

  /// Titles of `test` and `always` are names too: used once.
  private mutating func enterTitle(_ title: StringLiteral) -> Bool {
    guard nonEmpty(title, "the title") else { return false }
    if let first = titles[title.value] {
      add(NameProblem.duplicate(title.value, first: first), at: title.span)
      return false
    }
    titles[title.value] = title.span
    return true
  }

  private mutating func checkRequest(
    _ request: TestDeclaration.Request
  ) -> CheckedTest.Request? {
    switch request {
    case .file(let path, let entries):
      let checked = checkFields(entries, besideFile: true)
      guard let file = file(path), let checked else { return nil }
      return .file(file, path.span, checked)
    case .entries(let entries):
      return checkFields(entries, besideFile: false).map { .fields($0) }
    }
  }

  /// Nil if one of them is none; beside a file only those that none can say.
  private mutating func checkFields(
    _ entries: [Entry], besideFile: Bool
  ) -> [CheckedTest.Field]? {
    var once = OnceOnly()
    var fields: [CheckedTest.Field] = []
    for entry in entries {
      let name = entry.subject.text
      if let first = once.enter(name, at: entry.subject.span) {
        add(RouteProblem.repeatedPart(name.quoted, first: first), at: entry.subject.span)
      }
      guard let kind = checkField(entry) else { continue }
      if besideFile, !kind.isBesideFile {
        add(
          NameProblem.wrongPlace(name, belongsTo: "the file", here: "what stands beside it"),
          at: entry.subject.span)
        continue
      }
      fields.append(CheckedTest.Field(kind: kind, span: entry.span))
    }
    checkClock(fields)
    return fields.count == entries.count ? fields : nil
  }

  /// A date has its weekday: both may be written only if they agree.
  private mutating func checkClock(_ fields: [CheckedTest.Field]) {
    for case .date(let date) in fields.map(\.kind) {
      for field in fields {
        guard case .weekday(let weekday) = field.kind, weekday != date.weekday else { continue }
        add(
          ValueProblem.outOfRange(
            "weekday", allowed: "`\(date.weekday.rawValue)` on \(date.text)",
            found: weekday.rawValue),
          at: field.span)
      }
      checkShown(date, fields)
    }
  }

  /// An hour that clocks go past on a date is nobody's.
  private mutating func checkShown(_ date: CalendarDate, _ fields: [CheckedTest.Field]) {
    guard let zone = declared.zones.first?.node.value, let zones = vocabulary?.zones else { return }
    let written = fields.lazy.compactMap { field -> (hour: Int, span: Span)? in
      guard case .hour(let hour) = field.kind else { return nil }
      return (Int(clamping: hour), field.span)
    }.first
    let hour = written?.hour ?? CheckedTest.plainHour
    guard !zones.show(hour, on: date, in: zone) else { return }
    let then = (hour..<24).first { zones.show($0, on: date, in: zone) }
    let fix = written.flatMap { written in
      then.map { FixIt("write `hour = \($0)`", edits: [Edit(written.span, "hour = \($0)")]) }
    }
    for field in fields where written == nil || field.span == written?.span {
      guard written != nil || field.kind.isDate else { continue }
      add(
        ValueProblem.skippedHour(hour, date: date.text, zone: zone, then: fix), at: field.span)
    }
  }

  /// One entry of `request { … }`: a field is set, not compared.
  private mutating func checkField(_ entry: Entry) -> CheckedTest.Field.Kind? {
    let name = entry.subject
    guard entry.comparison == .equal else {
      add(
        TypeProblem.wrongOperator(
          name.text, written: entry.comparison.rawValue, allowed: "`=`: a request has one value"),
        at: entry.span)
      return nil
    }
    if let field = RequestField.byWord[name.text] { return checkField(field, entry) }
    if let symbol = scope[name.text] {
      guard symbol.kind == .fact else {
        add(
          NameProblem.wrongKind(name.text, is: symbol.kind, wanted: "something a request brings"),
          at: name.span)
        return nil
      }
      let id = FactID(symbol.index)
      return readFact(entry.value, id, of: name.text).map { .fact(id, $0) }
    }
    let (facts, fields) = (scope.names(of: [.fact]), RequestField.words)
    let near =
      report.nearName(name.text, among: facts)
      ?? BorrowedName.meaning(of: name.text, among: facts + fields)
      ?? report.nearName(name.text, among: fields)
    unknown(.field, name, near: near)
    return nil
  }

  private mutating func checkField(
    _ field: RequestField, _ entry: Entry
  ) -> CheckedTest.Field.Kind? {
    let (name, value) = (entry.subject.text, entry.value)
    switch field {
    case .text(let part):
      if case .string("") = value.kind { return .text(part, "") }
      return readString(value, of: name).map { .text(part, $0) }
    case .name(.model): return readName(value, of: name, .model).map { .model($0) }
    case .name(.identity(let identity)):
      return readString(value, of: name).map { .identity(identity, $0) }
    case .flag(.stream): return readBool(value, of: name).map { .stream($0) }
    case .number(.maxTokens):
      return readCount(value, of: name, unit: .tokens, in: 1...Int64.max).map { .maxTokens($0) }
    case .number(.temperature):
      return readMillionths(value, of: name, upTo: 2).map { .temperature($0) }
    case .tools: return readCount(value, of: name, in: 0...1000).map { .tools($0) }
    case .number(.images):
      return readCount(value, of: name, in: 0...1000).map { .images($0) }
    case .number(.hour):
      guard hasZone(entry.subject) else { return nil }
      return readCount(value, of: name, in: 0...23).map { .hour($0) }
    case .number(.date):
      guard hasZone(entry.subject) else { return nil }
      return readDate(value, of: name).map { .date($0) }
    case .label(.weekday):
      guard hasZone(entry.subject),
        let word = readWord(value, of: name, expected: "a day such as `monday`")
      else { return nil }
      return choose(word, for: name, among: Weekday.self).map { .weekday($0) }
    case .label(.format):
      guard let word = readWord(value, of: name, expected: "`text`, `json` or `json_schema`")
      else { return nil }
      return choose(word, for: name, among: RequestFormat.self).map { .format($0) }
    case .flag, .label, .number, .name, .healthy:
      add(
        NameProblem.wrongPlace(
          name, belongsTo: "a request as it is decided", here: "one that a test writes"),
        at: entry.subject.span)
      return nil
    }
  }
}
