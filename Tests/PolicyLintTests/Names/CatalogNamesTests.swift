import PolicySyntax
import RoutingCatalog
import Testing

@Suite struct `Names of a catalog` {
  @Test func `are none of the words a policy has for itself`() {
    #expect(PolicyWord.reserved == Set(Keyword.reserved.map(\.rawValue)))
  }
}
