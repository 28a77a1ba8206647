/// What a stand-in is told about files and batches.
package struct BatchScript: Sendable {
  /// How often a batch is looked at before it is over.
  package var polls: Int
  package var ending: Ending
  /// The first that holds for a line is followed.
  package var lines: [LineRule]
  /// Whether the lines come back in another order than they were given.
  package var reverses: Bool
  /// Lines under names nobody gave, in the output.
  package var strangers: Int
  /// What goes wrong at a call, so many times.
  package var faults: [Fault]

  package init(
    polls: Int = 0, ending: Ending = .completed, lines: [LineRule] = [], reverses: Bool = true,
    strangers: Int = 0, faults: [Fault] = []
  ) {
    self.polls = polls
    self.ending = ending
    self.lines = lines
    self.reverses = reverses
    self.strangers = strangers
    self.faults = faults
  }

  package enum Ending: String, Hashable, Sendable, CaseIterable {
    case completed, failed, expired, cancelled
  }

  /// What becomes of the lines whose question holds a text.
  package struct LineRule: Sendable {
    package var contains: String
    package var gives: Outcome

    package init(contains: String, gives: Outcome) {
      self.contains = contains
      self.gives = gives
    }

    package enum Outcome: String, Hashable, Sendable, CaseIterable {
      /// A line in the file of errors that was not worked on.
      case error
      /// A line whose answer is an error of the server.
      case serverError = "server_error"
      /// It is worked on, and stands in no file.
      case missing
      /// It stands in the output twice.
      case twice
      /// It stands in the output twice, with two answers.
      case twoAnswers = "two_answers"
      /// It stands in the output twice, once with more white space.
      case twiceSpaced = "twice_spaced"
      /// It stands in the output with its answer, and in the file of errors.
      case answerAndError = "answer_and_error"
      /// Another model answers.
      case otherModel = "other_model"
      /// It was not come to when the batch's time was over.
      case expired
    }
  }

  /// One thing that goes wrong.
  package struct Fault: Sendable {
    package var at: Call
    package var kind: Kind
    /// How often.
    package var times: Int

    package init(at: Call, _ kind: Kind, times: Int = 1) {
      self.at = at
      self.kind = kind
      self.times = times
    }

    package enum Call: String, Hashable, Sendable, CaseIterable {
      case upload, create, list, poll, content
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// An error of the server; nothing was done.
      case serverError = "server_error"
      /// The connection breaks; nothing was done.
      case reset
      /// It is done, and the connection breaks before the answer.
      case resetAfter = "reset_after"
      /// It is done, and nobody is told: the connection stays open.
      case silentAfter = "silent_after"
      /// A file ends in the middle of its last line.
      case truncated
      /// A file ends before its last line.
      case short
      /// A page of HTML stands where a file should be.
      case page
      /// There is no such thing, for good.
      case notFound = "not_found"
      /// A batch has a status of no API.
      case oddStatus = "odd_status"
      /// A batch does not name its file of answers.
      case noOutput = "no_output"
    }
  }
}
