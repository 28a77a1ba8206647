/// What stands between two questions, so that one answer must not serve both.
package enum QuestionDifference: String, CaseIterable, Hashable, Sendable {
  /// The two are in different languages.
  case language
  /// Neither negations nor the order of words can be read in their language, and they are not the
  /// same words.
  case unreadLanguage = "unread_language"
  /// Code, fenced or inline, byte for byte.
  case code
  /// What stands in quotation marks, byte for byte.
  case quote
  /// An address, a path, a version, a handle, a name with digits in it.
  case identifier
  case number
  case unit
  /// A date, a time of day, a weekday, a month, `today`, `next`.
  case date
  /// A negation, or what it stands before.
  case negation
  /// `on` and `off`, `buy` and `sell`.
  case opposite
  /// `all`, `some`, `none`, `only`, `first`.
  case quantity
  /// `cheaper`, `cheapest`, `most`.
  case comparison
  /// How, when, why, who, whether.
  case question
  /// What was and what is.
  case tense
  /// What one may and what one must.
  case modality
  /// Who asks, and who is asked about.
  case person
  case name
  /// A word that means something and stands on one side only.
  case word
  /// From and to, who does it to whom, the order of two things.
  case direction
  /// A comma between the same words: `Let's eat, grandma`.
  case pause
  /// `+`, `<`, `#` and the like.
  case symbol

  /// For people: what differs, after "the two differ in".
  package var inWords: String {
    switch self {
    case .language: "their language"
    case .unreadLanguage: "their words, and their language is not one whose negations are known"
    case .code: "a piece of code"
    case .quote: "what is quoted"
    case .identifier: "an address, path, version or identifier"
    case .number: "a number"
    case .unit: "a unit"
    case .date: "a date or time"
    case .negation: "a negation"
    case .opposite: "a word and its opposite"
    case .quantity: "how many of them are meant"
    case .comparison: "a comparison"
    case .question: "what is asked: how, when, why, whether"
    case .tense: "past and present"
    case .modality: "what may and what must be"
    case .person: "who is meant"
    case .name: "a name"
    case .word: "a word that matters"
    case .direction: "a direction, or the order of things"
    case .pause: "where a comma stands"
    case .symbol: "a sign"
    }
  }
}
