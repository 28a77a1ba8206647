/// Something a question says, as it counts when it is held against another.
struct QuestionItem: Hashable, Sendable {
  /// `pay`, `paid`, `is paid`.
  enum Form: Hashable, Sendable { case base, past, passive }

  /// The same for all ways to say it.
  var key: String
  /// What it is called where it stands on one side only.
  var kind: QuestionDifference
  /// The preposition that gives it its part; empty for none.
  var marker = ""
  /// A preposition that may be left out, but not be another one: `in`, `for`, `with`, `to`.
  var loose = ""
  var unit: String?
  /// Which of a question's things it was read as.
  var number = 0
  /// The article it stands under, where articles tell who does it to whom: `den`, `dem`.
  var article = ""
  var form = Form.base
  /// How many negations stand before it.
  var negations = 0
  var isAction = false
  var letters = Letters.unsaid
  /// As it stands, in the letters it was written in.
  var written = ""
  /// The word as it is written, in lower case: where its opposites are looked up.
  var word = ""
}
