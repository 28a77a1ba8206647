/// Holds SQLite's write-ahead log against its own checksums, byte for byte.
///
/// SQLite takes the first frame that does not fit for the end and forgets the rest in silence; this
/// says where that is, if a commit is forgotten with it. A large transaction writes before it commits,
/// and over what it has written: one that was given up, or killed, leaves frames that do not fit and no
/// commit after them. (A last commit whose mark was changed looks the same; the head misses it.)
struct LogFileCheck {
  /// Pages the log holds whole.
  private(set) var pages: Set<Int> = []
  /// The first frame that is not as it was written, from 1; 0 for the header; nil if every commit is.
  private(set) var damagedFrame: Int?

  private static let headerSize = 32
  private static let frameHeaderSize = 24

  /// - Complexity: one pass over the file, a frame at a time.
  init(_ file: RawFile) throws(RawFile.Failure) {
    let size = try file.size
    guard size > 0 else { return }
    let header = try file.read(Self.headerSize, at: 0)
    guard header.count == Self.headerSize else {
      damagedFrame = 0
      return
    }
    let magic = Self.word(header, 0)
    var sum = LogSum(isBigEndian: magic == 0x377F_0683)
    sum.add(header, 0..<24)
    let pageSize = Int(Self.word(header, 8))
    guard magic & ~1 == 0x377F_0682, (512...65_536).contains(pageSize),
      sum.first == Self.word(header, 24), sum.second == Self.word(header, 28)
    else {
      damagedFrame = 0
      return
    }
    let frameSize = Self.frameHeaderSize + pageSize
    // A frame the last write did not finish is no frame.
    let count = Int((size - Int64(Self.headerSize)) / Int64(frameSize))
    for number in 0..<count {
      let offset = Int64(Self.headerSize) + Int64(number) * Int64(frameSize)
      let frame = try file.read(frameSize, at: offset)
      sum.add(frame, 0..<8)
      sum.add(frame, Self.frameHeaderSize..<frame.count)
      guard frame.count == frameSize, frame[8..<16].elementsEqual(header[16..<24]),
        sum.first == Self.word(frame, 16), sum.second == Self.word(frame, 20)
      else {
        let end = try Self.lastCommit(in: file, number..<count, frameSize, of: header)
        damagedFrame = end.map { _ in number + 1 }
        return
      }
      pages.insert(Int(Self.word(frame, 0)))
    }
  }

  /// The last of these frames, from 0, that says to be the end of a commit to the log of this header.
  private static func lastCommit(
    in file: RawFile, _ frames: Range<Int>, _ frameSize: Int, of header: [UInt8]
  ) throws(RawFile.Failure) -> Int? {
    for number in frames.reversed() {
      let offset = Int64(headerSize) + Int64(number) * Int64(frameSize)
      let frame = try file.read(frameHeaderSize, at: offset)
      let isOurs = frame[8..<16].elementsEqual(header[16..<24])
      if isOurs, word(frame, 4) != 0 { return number }
    }
    return nil
  }

  private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// The two sums SQLite carries through its log.
private struct LogSum {
  private(set) var first: UInt32 = 0
  private(set) var second: UInt32 = 0
  let isBigEndian: Bool

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
    var place = range.lowerBound
    while place + 8 <= min(range.upperBound, bytes.count) {
      first &+= word(bytes, place) &+ second
      second &+= word(bytes, place + 4) &+ first
      place += 8
    }
  }

  private func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    let (a, b) = (UInt32(bytes[place]), UInt32(bytes[place + 1]))
    let (c, d) = (UInt32(bytes[place + 2]), UInt32(bytes[place + 3]))
    return isBigEndian ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a
  }
}
