import PolicyUnits

extension NoCall: CustomStringConvertible {
  /// One line: what is not called, why, and for how long.
  package var description: String {
    let place = deployment.map { "\($0): " } ?? ""
    let time = wait.map { " for \(Self.seconds($0)) more" } ?? ""
    return switch reason {
    case .open: "\(place)not called\(time): its last calls failed, one after the other"
    case .resting: "\(place)not called\(time): the provider asked to wait"
    case .requests: "\(place)not called\(time): its `rpm` in the catalog is used up"
    case .tokens: "\(place)not called\(time): its `tpm` in the catalog is used up"
    case .repeats: "not called again: a fifth of the calls of this model are repeats already"
    case .barred: "not called again: what failed for this request would fail again"
    }
  }

  private static func seconds(_ wait: Milliseconds) -> String {
    let tenths = wait.count / 100 + (wait.count % 100 > 0 ? 1 : 0)
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}
