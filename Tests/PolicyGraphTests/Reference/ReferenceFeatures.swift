import PolicySemantics

/// The features of the texts that generated requests are made of, by the plainest rule that is
/// right for those.
enum ReferenceFeatures {
  static func has(_ feature: TextFeature, in text: String) -> Bool {
    switch feature {
    case .code: text.contains("```") || text.contains("#include <")
    case .json: text.contains("{\"")
    case .table: text.contains("|---|")
    case .url: text.contains("://")
    case .numbers: numbers(in: text)
    case .email: text.contains("@")
    case .phone: text.contains("(555) 234-5678")
    case .card: text.contains("4111 1111 1111 1111")
    case .secret: text.contains("AKIA")
    }
  }

  /// A digit that no letter, digit or underscore stands before.
  private static func numbers(in text: String) -> Bool {
    var previous: Character = " "
    for character in text {
      if character.isNumber, !previous.isLetter, !previous.isNumber, previous != "_" {
        return true
      }
      previous = character
    }
    return false
  }
}
