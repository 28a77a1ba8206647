package import PolicyGraph
package import PolicySemantics

/// Whose answers: the part of a cache one caller reads and writes, by the scope of the `cache` line.
///
/// A scope below the tenant has the tenant in it, and a conversation its user, so that a name two
/// tenants both use is two partitions. It is part of every key and a column of the store that every
/// query of an answer names: to get another's answer, both would have to fail.
package struct CachePartition: Hashable, Sendable {
  package let digest: CacheDigest

  /// The tenant is the key's tenant, or the key itself, as everywhere.
  package init(_ scope: CacheRule.Scope, of input: borrowing RequestInput) {
    var bytes = FramedBytes(reserving: 160)
    bytes.add("rung partition 1")
    let tenant = input.tenant ?? input.key
    switch scope {
    case .shared: bytes.add(tag: 0)
    case .per(.tenant):
      bytes.add(tag: 1)
      bytes.add(tenant)
    case .per(.key):
      bytes.add(tag: 2)
      bytes.add(tenant)
      bytes.add(input.key)
    case .per(.user):
      bytes.add(tag: 3)
      bytes.add(tenant)
      bytes.add(input.user)
    case .per(.conversation):
      bytes.add(tag: 4)
      bytes.add(tenant)
      bytes.add(input.user)
      bytes.add(input.conversation)
    }
    digest = CacheDigest(of: bytes.bytes)
  }

  init(_ digest: CacheDigest) { self.digest = digest }
}
