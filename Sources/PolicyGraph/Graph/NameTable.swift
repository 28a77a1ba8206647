/// The names a policy compares with, numbered, so that equality is one comparison of integers.
///
/// Names are equal when their UTF-8 bytes are: `é` in one code point is not `é` in two.
struct NameTable: Hashable, Sendable {
  private(set) var names: [String] = []
  /// Open addressing over a power of two; -1 is empty.
  private var places: [Int32] = Array(repeating: -1, count: 8)

  init() {}

  /// The number of a name, or nil if no test mentions it.
  ///
  /// O(length).
  func number(of name: String) -> Int? {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: NameTable.hash(name)) & mask
    while places[place] >= 0 {
      let number = Int(places[place])
      if NameTable.areSame(names[number], name) { return number }
      place = (place + 1) & mask
    }
    return nil
  }

  mutating func intern(_ name: String) -> Int {
    if let number = number(of: name) { return number }
    if (names.count + 1) * 2 > places.count { grow() }
    names.append(name)
    place(names.count - 1)
    return names.count - 1
  }

  /// Byte for byte, where `==` would also take canonical equivalents.
  static func areSame(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8)
  }

  private mutating func grow() {
    places = Array(repeating: -1, count: places.count * 2)
    for number in names.indices { place(number) }
  }

  private mutating func place(_ number: Int) {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: NameTable.hash(names[number])) & mask
    while places[place] >= 0 { place = (place + 1) & mask }
    places[place] = Int32(number)
  }

  /// FNV-1a with a final mix.
  ///
  /// Not keyed: the names are the policy's own, and a request only looks up, so it cannot fill a
  /// run of places.
  private static func hash(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 29)
  }
}
