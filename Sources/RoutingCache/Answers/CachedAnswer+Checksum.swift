import PolicyUnits
import RoutingBudgets

extension CachedAnswer {
  /// SHA-256 over the answer and the key it is kept under, every part with its length.
  ///
  /// A row whose checksum is another was torn, changed, or belongs to another key.
  func checksum(under key: CacheKey) -> CacheDigest {
    var bytes = FramedBytes(reserving: body.count + 512)
    bytes.add("rung cached 1")
    bytes.add(key.partition.digest)
    bytes.add(key.digest)
    bytes.add(Int64(bitPattern: origin.request.high))
    bytes.add(Int64(bitPattern: origin.request.low))
    bytes.add(origin.route)
    bytes.add(origin.tenant)
    bytes.add(origin.model)
    bytes.add(origin.cost?.nanos)
    bytes.add(origin.currency)
    bytes.add(origin.tokens != nil)
    bytes.add(origin.tokens?.input)
    bytes.add(origin.tokens?.cachedInput)
    bytes.add(origin.tokens?.output)
    bytes.add(stored.milliseconds)
    bytes.add(expiry.milliseconds)
    bytes.add(body)
    return CacheDigest(of: bytes.bytes)
  }
}
