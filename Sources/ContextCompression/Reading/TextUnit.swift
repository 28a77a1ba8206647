/// What is kept or dropped as a whole.
struct TextUnit {
  /// With the white space behind it; the units of a text cover it without gaps.
  var range: Range<Int>
  var kind: Kind
  /// The unit without which this one is not understood: a heading, the line that leads in a list.
  var owner: Int?
  /// What it needs of the text around it, and where it stands: units with no empty line between them
  /// are of one block, those below one heading of one section.
  var dependence = Dependence.none
  var block = 0
  var section = 0
  /// What it says of other units, if it does; such a unit is protected.
  var governing: Governing?

  enum Kind: Equatable {
    case sentence, item, table
    /// Kept only with what stands below.
    case heading, lead
    case protected(Protection)
  }

  var isProtected: Bool {
    if case .protected = kind { true } else { false }
  }
}
