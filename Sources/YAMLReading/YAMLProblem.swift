import PolicySource

/// What this reader refuses in text that is YAML.
enum YAMLProblem {
  case tooDeep(limit: Int)
  case tooManyNodes(limit: Int)
  case secondDocument
  case tagDirective
  case anchor(String)
  case alias(String)
  case tag
  case mergeKey
  case keyIsCollection
  case keyIsAbsent
  case duplicateKey(String, first: Span)
}
