import RoutingRuntime

/// A row with what it cost, as far as log and catalog know.
struct Priced {
  /// Nanos; nil if nobody knows.
  var cost: Int64?
  /// Of the call that answered; nil where the log does not count its tokens.
  var usage: Usage?
  /// Of what that call cost at the catalog's prices, in picos; nil without a price.
  var reference: Int128?
  var isHit = false
  /// Whether some model was called, as far as a row without a list of calls tells.
  var wasCalled = true
  /// Its calls one by one; nil where the row does not list them.
  var split: CallSplit?
  /// The catalog's model.
  var model: Int?
  /// Milliseconds.
  var time: Int64 = 0
}
