import PolicySemantics
import PolicyUnits

@testable import PolicyGraph

/// A request with nothing special about it.
enum SampleRequest {
  static let day: CalendarDate = {
    guard let day = CalendarDate(year: 2026, month: 11, day: 20) else {
      preconditionFailure("the date exists")
    }
    return day
  }()

  static func make(_ question: String = "", _ change: (inout RequestInput) -> Void = { _ in })
    -> RequestInput
  {
    var input = RequestInput(moment: LocalMoment(date: day, weekday: .friday, hour: 10))
    if !question.isEmpty {
      input.messages = [RequestInput.Message(role: .user, text: question)]
    }
    change(&input)
    return input
  }
}
