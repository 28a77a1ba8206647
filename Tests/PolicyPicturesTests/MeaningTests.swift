import PolicyPictures
import PolicySemantics
import Testing

@Suite struct `A picture` {
  @Test(arguments: DrawnPolicy.shipped)
  func `shows every declaration of a policy once`(name: String) throws {
    let drawn = try DrawnPolicy(shipped: name)
    let picture = drawn.picture
    func count(_ kind: PolicyPicture.Node.Kind) -> Int {
      picture.nodes.filter { $0.kind == kind }.count
    }
    let policy = drawn.policy
    #expect(count(.task) == policy.tasks.count)
    #expect(count(.condition) == policy.conditions.count)
    #expect(count(.points) == policy.points.count)
    #expect(count(.classifier) == policy.classifiers.count)
    #expect(count(.guarding) == policy.guards.count)
    #expect(count(.budget) == policy.budgets.count)
    #expect(count(.gate) == policy.gates.count)
    #expect(count(.compress) == policy.compressions.count)
    #expect(count(.route) == policy.routes.count)
    #expect(count(.tier) == policy.ladders.reduce(0) { $0 + $1.tiers.count })
    #expect(picture.groups.filter { $0.kind == .ladder }.count == policy.ladders.count)
    #expect(Set(picture.nodes.map(\.id)).count == picture.nodes.count)
  }

  @Test func `joins the routes by no, in their order`() throws {
    let picture = try DrawnPolicy(DrawnPolicy.everything).picture
    let routes = picture.nodes.indices.filter { picture.nodes[$0].kind == .route }
    #expect(
      routes.map { picture.nodes[$0].title } == [
        "attack", "labels", "trial", "deep", "otherwise",
      ])
    for (above, below) in zip(routes, routes.dropFirst()) {
      #expect(
        picture.edges.contains(
          PolicyPicture.Edge(.no, "no", from: .node(above), to: .node(below))))
    }
  }

  @Test func `labels each way out of a box`() throws {
    let picture = try DrawnPolicy(DrawnPolicy.everything).picture
    func edges(from id: String) -> [String] {
      picture.edges.filter { edge in
        guard case .node(let node) = edge.from else { return false }
        return picture.nodes[node].id == id
      }.map { "\($0.kind.rawValue) \($0.label)" }
    }
    #expect(
      edges(from: "route.labels.use") == ["fallback fallback on too_long", "fallback fallback"])
    #expect(edges(from: "route.labels.fallback.1") == ["ladder "])
    #expect(edges(from: "route.trial.split") == ["share 90% control", "share 10%"])
    #expect(edges(from: "route.deep.use") == ["shadow "])
    #expect(edges(from: "ladder.cheap_first.tier.1") == ["climb climb", "accept accept"])
    #expect(edges(from: "ladder.cheap_first.tier.2") == ["accept accept", "exhausted exhausted"])
    #expect(edges(from: "ladder.lone.tier.1") == ["accept any answer"])
  }

  @Test func `says what a policy says, in its words`() throws {
    let picture = try DrawnPolicy(DrawnPolicy.everything).picture
    func lines(_ id: String) -> [String] {
      picture.nodes.first { $0.id == id }?.lines.map(\.text) ?? []
    }
    #expect(lines("budget.rate") == ["60 requests per key per minute", "when plan = free"])
    #expect(
      lines("route.deep.use") == [
        "compress trim", "stick for 30m", "shadow 5% use cheap_first", "use large effort high",
      ])
    #expect(
      lines("compress.trim") == [
        "target context", "to 50% with extractive", "when context.chars >= 500",
      ])
    #expect(lines("route.attack") == ["when hijack"])
    #expect(lines("route.attack.refuse") == ["refuse \"no <script>\""])
    #expect(
      lines("guard.stay") == [
        "when region = eu", "only models where model.region = eu", "drop tools",
      ])
    #expect(
      lines("ladder.cheap_first.tier.1") == ["accept solid and quick", "timeout 10s  attempts 2"])
    let ladder = picture.groups.first { $0.id == "ladder.cheap_first" }
    #expect(
      ladder?.lines.map(\.text) == ["max_budget $0.50, max_time 40s", "on filtered climb"])
  }

  @Test func `of a ladder that says nothing of its end shows that it fails`() throws {
    let picture = try DrawnPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal
      ladder short { tier small accept solid }
      otherwise { use short }
      """
    ).picture
    #expect(picture.nodes.first { $0.kind == .outcome }?.title == "fail")
  }
}
