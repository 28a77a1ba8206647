/// Why nothing can be made of a file.
package enum ImportProblem: Error, Hashable {
  /// It is no YAML, or no JSON; why, without a word of the file.
  case unreadable(line: Int, column: Int, why: String)
  case empty
  case notAnObject(line: Int)
  /// Another program's file, by the keys it has.
  case otherFormat(RouterFormat, wanted: RouterFormat)
  /// What was made of it does not pass its own check: a defect of the importer.
  case doesNotCheck(String)

  /// One line, after the file's name.
  package var words: String {
    switch self {
    case .unreadable(let line, let column, let why): "\(line):\(column): \(why)"
    case .empty: "there is nothing in it"
    case .notAnObject(let line): "\(line): a configuration is a mapping from keys to values"
    case .otherFormat(let other, let wanted):
      "it has no key a configuration of \(wanted.title) has, and looks like one of \(other.title): "
        + "try `rung import \(other.rawValue)`"
    case .doesNotCheck(let finding):
      "what was made of it does not pass `rung check`, so nothing is written (\(finding)); this is "
        + "a mistake of the importer"
    }
  }
}
