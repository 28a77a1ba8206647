import CSimdJSON

extension JSONText {
  /// The text's one byte form, after `prefix`: texts that say the same have the same, others never.
  ///
  /// The order of an object's members, white space between values and the way a character is escaped
  /// make no difference; everything else does, the spelling of a number too (`1`, `1.0`), and `null`
  /// is not the same as nothing. `csimdjson.h` has the form. Members of the outermost object whose key
  /// is one of `names` are left out. Nil if there is not enough memory. O(bytes), and O(n log n) for
  /// an object of n members in another order.
  package func canonicalBytes(
    after prefix: [UInt8] = [], leavingOut names: JSONNames? = nil
  ) -> [UInt8]? {
    canonicalBytes(after: prefix, skipping: names.map(keys) ?? [])
  }

  /// The same without the members whose keys are these nodes, in whichever object they stand.
  package func canonicalBytes(after prefix: [UInt8], leavingOut keys: [JSONNode]) -> [UInt8]? {
    canonicalBytes(after: prefix, skipping: keys.map { UInt32($0.index) })
  }

  /// The keys of the outermost object that are one of `names`.
  private func keys(_ names: JSONNames) -> [UInt32] {
    var found: [UInt32] = []
    let root = root.asNode
    guard isObject(root) else { return found }
    var key = first(in: root)
    while contains(key, in: root) {
      if number(of: key, in: names) != nil { found.append(UInt32(key.index)) }
      key = after(valueOfKey(key))
    }
    return found
  }

  private func canonicalBytes(after prefix: [UInt8], skipping keys: [UInt32]) -> [UInt8]? {
    let room = prefix.count + bytes.count + 5 * nodes.count
    var written = 0
    let form = unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
      guard let start = target.baseAddress else { return }
      _ = unsafe target.update(fromContentsOf: prefix)
      written = unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe nodes.withUnsafeBufferPointer { nodes in
          unsafe keys.withUnsafeBufferPointer { keys in
            guard let first = bytes.baseAddress, let node = nodes.baseAddress else { return 0 }
            return unsafe csimdjson_canonical(
              first, node, keys.baseAddress, UInt32(keys.count), start + prefix.count)
          }
        }
      }
      count = prefix.count + written
    }
    return written == 0 ? nil : form
  }
}
