import Foundation
import GRDB
import RoutingBudgets

// Questions as rows: half of a row, whose other half is its answer.
extension CacheRows {
  /// The questions of one partition whose answers are not past their time, the newest last.
  ///
  /// A row that is not as it was written is left out.
  static func questions(
    in partition: CachePartition, dimension: Int, at now: Timestamp, most: Int, _ db: Database
  ) throws -> SimilarIndex.Loaded {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT similar.key AS key, similar.question AS question, similar.vector AS vector,
          similar.checksum AS checksum, answer.request AS request
        FROM similar JOIN answer ON answer.id = similar.answer
        WHERE similar.scope = ? AND answer.scope = similar.scope AND answer.expiry_ms > ?
        ORDER BY similar.answer DESC LIMIT ?
        """, arguments: [Data(partition.digest.bytes), now.milliseconds, most])
    var found: SimilarIndex.Loaded = []
    while let row = try rows.next() {
      if let question = question(row, in: partition), question.vector.dimension == dimension {
        found.append(question)
      }
    }
    return found.reversed()
  }

  private static func question(
    _ row: Row, in partition: CachePartition
  ) -> (row: SimilarRow, vector: UnitVector)? {
    guard let key = digest(row, "key"), let text = text(row, "question"),
      let bytes = bytes(row, "vector"), let checksum = digest(row, "checksum"),
      let request = self.text(row, "request").flatMap({ RequestID($0) }),
      checksum == SimilarRow.checksum(CacheKey(partition: partition, digest: key), text, bytes),
      let vector = UnitVector(bytes: bytes)
    else { return nil }
    return (SimilarRow(key: key, text: text, request: request), vector)
  }
}

extension SimilarRow {
  /// SHA-256 over the question, its vector, and the partition and key it is kept under.
  static func checksum(_ key: CacheKey, _ text: String, _ vector: [UInt8]) -> CacheDigest {
    var bytes = FramedBytes(reserving: vector.count + text.utf8.count + 128)
    bytes.add("rung question 1")
    bytes.add(key.partition.digest)
    bytes.add(key.digest)
    bytes.add(text)
    bytes.add(vector)
    return CacheDigest(of: bytes.bytes)
  }
}
