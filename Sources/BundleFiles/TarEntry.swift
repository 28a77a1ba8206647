/// A file in an uncompressed POSIX tar, with nothing in its header that depends on who wrote it when.
///
/// One path and one size make one header, so a header is read by making it again.
enum TarEntry {
  static let block = 512
  static let mostBytes = 256 << 20

  /// A header and the file behind it, filled up to whole blocks.
  static func append(
    _ path: String, _ content: [UInt8], to archive: inout [UInt8]
  ) throws(BundleProblem) {
    archive += try header(path, size: content.count)
    archive += content
    archive += Array(repeating: 0, count: padding(content.count))
  }

  /// What ends an archive.
  static let end = [UInt8](repeating: 0, count: 2 * block)

  static func padding(_ size: Int) -> Int { (block - size % block) % block }

  static func header(_ path: String, size: Int) throws(BundleProblem) -> [UInt8] {
    guard size <= mostBytes else { throw .tooLarge(limit: mostBytes) }
    let (prefix, name) = try parts(of: path)
    var header = [UInt8](repeating: 0, count: block)
    func put(_ bytes: some Sequence<UInt8>, at place: Int) {
      for (index, byte) in bytes.enumerated() { header[place + index] = byte }
    }
    put(name, at: 0)
    put("0000644".utf8, at: 100)
    put("0000000".utf8, at: 108)
    put("0000000".utf8, at: 116)
    put(octal(size, digits: 11).utf8, at: 124)
    put("00000000000".utf8, at: 136)
    put("        ".utf8, at: 148)
    put("0".utf8, at: 156)
    put("ustar\u{0}00".utf8, at: 257)
    put(prefix, at: 345)
    let sum = header.reduce(0) { $0 + Int($1) }
    put((octal(sum, digits: 6) + "\u{0} ").utf8, at: 148)
    return header
  }

  /// The path and size of a header; nil for a block that is none.
  static func read(_ header: ArraySlice<UInt8>) -> (path: String, size: Int)? {
    let start = header.startIndex
    func text(_ place: Int, _ length: Int) -> String? {
      let field = header[(start + place)..<(start + place + length)].prefix { $0 != 0 }
      return String(validating: field, as: UTF8.self)
    }
    guard header.count == block, let name = text(0, 100), let prefix = text(345, 155),
      let digits = text(124, 12), digits.utf8.count == 11, let size = Int(digits, radix: 8),
      (0...mostBytes).contains(size)
    else { return nil }
    return (prefix.isEmpty ? name : prefix + "/" + name, size)
  }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// The two fields a header keeps a path in.
  private static func parts(
    of path: String
  ) throws(BundleProblem) -> (prefix: [UInt8], name: [UInt8]) {
    let bytes = Array(path.utf8)
    let folders = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !folders.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }), !bytes.contains(0)
    else { throw .path(path, why: "it does not lead down from the folder of the bundle") }
    guard bytes.count > 100 else { return ([], bytes) }
    let slash = bytes.indices.first { bytes[$0] == UInt8(ascii: "/") && bytes.count - $0 <= 101 }
    guard let slash, slash <= 155, slash < bytes.count - 1 else {
      throw .path(path, why: "it is too long: 100 bytes for its name, 155 for its folders")
    }
    return (Array(bytes[..<slash]), Array(bytes[(slash + 1)...]))
  }
}
