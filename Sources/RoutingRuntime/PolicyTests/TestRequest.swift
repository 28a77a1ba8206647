package import PolicyGraph
package import PolicySemantics
import PolicySource
import PolicyUnits

/// Makes a request of the fields a test writes.
///
/// What a test leaves out is as a plain request has it: no tools, no images, text, not streamed, at
/// noon on Thursday, 2026-01-01. A weekday without a date is the first such day from then on.
package struct TestRequest {
  private var input: RequestInput
  private var system: String?
  private var context: String?
  private var prompt: String?
  private var question: String?
  private var date: CalendarDate?
  private var weekday: Weekday?
  private var hour = CheckedTest.plainHour

  package static func input(
    _ fields: [CheckedTest.Field], _ policy: CheckedPolicy
  ) -> RequestInput {
    var request = TestRequest()
    for field in fields { request.set(field.kind, policy) }
    return request.finished
  }

  /// A request of a file, with what no file says.
  package static func adding(
    _ fields: [CheckedTest.Field], to input: RequestInput, _ policy: CheckedPolicy
  ) -> RequestInput {
    var request = TestRequest()
    request.input = input
    for field in fields where field.kind.isBesideFile { request.set(field.kind, policy) }
    request.input.moment = request.moment
    return request.input
  }

  private init() {
    input = RequestInput(moment: Self.moment(date: nil, weekday: nil, hour: CheckedTest.plainHour))
  }

  static func moment(date: CalendarDate?, weekday: Weekday?, hour: Int) -> LocalMoment {
    let start: Int64 = 20_454  // 2026-01-01
    let days = (start..<start + 7).compactMap { CalendarDate(daysSince1970: $0) }
    guard let day = date ?? days.first(where: { weekday == nil || $0.weekday == weekday }) else {
      preconditionFailure("each week has all its days")
    }
    return LocalMoment(date: day, weekday: day.weekday, hour: hour)
  }

  private var finished: RequestInput {
    var input = input
    // `prompt` alone is a question; beside one it is what came before.
    let asked = question ?? prompt
    let before = question == nil ? context : [prompt, context].compactMap { $0 }.joinedOrNil
    if let system { input.messages.append(.init(role: .system, text: system)) }
    if let before { input.messages.append(.init(role: .user, text: before)) }
    input.messages.append(.init(role: .user, text: asked ?? ""))
    input.moment = moment
    return input
  }

  private var moment: LocalMoment { Self.moment(date: date, weekday: weekday, hour: hour) }

  private mutating func set(_ kind: CheckedTest.Field.Kind, _ policy: CheckedPolicy) {
    switch kind {
    case .text(.system, let text): system = text
    case .text(.context, let text): context = text
    case .text(.prompt, let text): prompt = text
    case .text(.question, let text): question = text
    case .model(let name): input.model = name
    case .stream(let stream): input.stream = stream
    case .maxTokens(let tokens): input.maxTokens = tokens
    case .temperature(let millionths): input.temperature = millionths
    case .format(let format): input.format = format
    case .tools(let count): input.toolNames = (0..<max(0, count)).map { "tool_\($0 + 1)" }
    case .images(let count): input.imageCount = Int(clamping: count)
    case .identity(let identity, let name): input.set(identity, name)
    case .fact(let id, let value): input.set(policy[id], value)
    case .hour(let hour): self.hour = Int(clamping: hour)
    case .weekday(let weekday): self.weekday = weekday
    case .date(let date): self.date = date
    }
  }
}

extension RequestInput {
  package mutating func set(_ identity: Identity, _ name: String) {
    switch identity {
    case .tenant: tenant = name
    case .user: user = name
    case .key: key = name
    case .conversation: conversation = name
    }
  }

  /// Puts a fact where the policy says it comes from.
  mutating func set(_ fact: CheckedFact, _ value: FactValue) {
    let given = fact.given(value)
    switch fact.origin {
    case .metadata: metadata[fact.name] = given
    case .key: keyFacts[fact.name] = given
    case .header(let name): headers[name] = given.header
    }
  }
}

extension CheckedFact {
  /// A value as a request spells it.
  fileprivate func given(_ value: FactValue) -> GivenFact {
    switch value {
    case .bool(let flag): return .bool(flag)
    case .count(let count): return .integer(count)
    case .text(let text): return .text(text)
    case .label(let index):
      guard case .labels(let labels) = type, labels.indices.contains(index) else {
        return .text("")
      }
      return .text(labels[index])
    }
  }
}

extension GivenFact {
  fileprivate var header: String {
    switch self {
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let count): String(count)
    case .text(let text): text
    case .other(let kind): kind
    }
  }
}

extension [String] {
  fileprivate var joinedOrNil: String? { isEmpty ? nil : joined(separator: "\n\n") }
}
