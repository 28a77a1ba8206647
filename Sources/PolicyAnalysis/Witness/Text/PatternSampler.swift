/// Makes texts a regular expression matches.
enum PatternSampler {
  static func samples(of pattern: String, count: Int) -> [String] { [] }
}
