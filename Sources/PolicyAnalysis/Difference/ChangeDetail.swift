/// How much is found out about each change of a policy.
package enum ChangeDetail: Sendable {
  /// Its region in words, and whether a longer request than the one shown costs more or less.
  case full
  /// A request that shows it, and no words: for programs. Its kinds hold what that request costs.
  case request
}
