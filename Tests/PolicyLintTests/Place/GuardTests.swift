import PolicyDiagnostics
import Testing

@testable import PolicyLint

@Suite struct `What guards leave` {
  private static let head = """
    facts { region : eu | us required }
    guard stays when region = eu { % }

    """
  private static let only = "only models where model.region = eu"

  private static func policy(_ routes: String, marked: Bool) -> String {
    head.replacing("%", with: marked ? "⟦\(only)⟧" : only) + routes
  }

  @Test(arguments: [
    "otherwise { use large }",
    "otherwise { use large fallback on too_long small }",
    "route r when stream { use large }\notherwise { use small }",
    "ladder l { tier large }\notherwise { use l fallback on filtered medium }",
    "otherwise { split by user { 90% use small  10% use large } }",
  ])
  func `a route a guard empties is found`(_ routes: String) throws {
    try check(GuardLeavesNoModel.self, Self.policy(routes, marked: true))
  }

  @Test(arguments: [
    "otherwise { use large fallback small }",
    "ladder l { tier large  tier medium }\notherwise { use l }",
    // No European request takes it.
    "route r when region = us { use large }\notherwise { use small }",
    "route all when region = eu { use small }\notherwise { use large }",
    "route no when region = eu { refuse \"no\" }\notherwise { use large }",
    "guard never when region = eu { refuse \"no\" }\notherwise { use large }",
    // The caller may name a model that is kept.
    "otherwise { use requested fallback large }",
    "condition far = not region = eu\nroute r when far { use large }\notherwise { use small }"
      .replacing("not region = eu", with: "region != eu"),
  ])
  func `a route that keeps a model is left alone`(_ routes: String) throws {
    try check(GuardLeavesNoModel.self, Self.policy(routes, marked: false))
  }

  @Test func `guards that only together leave nothing are named together`() throws {
    try check(
      GuardLeavesNoModel.self,
      """
      facts { region : eu | us required }
      guard stays when region = eu { ⟦only models where model.region = eu⟧ }
      guard strict when stream { only models where model.name = large }
      guard cheap when stream { only models where model.name in (small, large) }
      otherwise { use small fallback large }
      """,
      messages: ["`stays` and `strict` leave no model for some requests of `otherwise`"])
  }

  @Test func `deployments are counted one by one`() throws {
    let catalog = sampleCatalog.replacing(
      "  large:\n    provider: far\n    region: us",
      with: "  large:\n    deployments: [{provider: near, region: eu}, {provider: far, region: us}]"
    )
    let policy = """
      facts { region : eu | us required }
      guard stays when region = eu { % }
      guard away when stream { only models where model.provider = far }
      otherwise { use large }
      """
    try check(
      GuardLeavesNoModel.self,
      policy.replacing("%", with: "⟦only models where model.region = eu⟧"),
      messages: ["`stays` and `away` leave no model for some requests of `otherwise`"],
      files: ["catalog.yaml": catalog])
    try check(
      GuardLeavesNoModel.self,
      policy.replacing("%", with: "only models where model.region = eu")
        .replacing("when stream", with: "when stream and region = us"),
      files: ["catalog.yaml": catalog])
  }

  @Test func `a step that is lost while the route goes on is noted`() throws {
    try check(
      StepOutsideGuard.self,
      Self.policy(
        "route r when turn >= 2 { use medium fallback large  shadow 5% use large }\notherwise { use small }",
        marked: true),
      messages: ["`stays` takes `large` from steps that go on without"])
    try check(
      StepOutsideGuard.self,
      Self.policy(
        "route r when region = us { use medium fallback large }\notherwise { use small }",
        marked: false))
    // All of it is lost: another rule's finding.
    try check(StepOutsideGuard.self, Self.policy("otherwise { use large }", marked: false))
  }

  @Test func `a classifier that a guard silences is noted`() throws {
    let policy = """
      facts { region : eu | us required }
      classifier topic : law | other {
        reads question  ask large "Which field is it?"  on failure other
      }
      guard stays when region = eu { % }
      route legal when topic = law { use medium }
      otherwise { use small }
      """
    try check(
      StepOutsideGuard.self,
      policy.replacing("%", with: "⟦only models where model.region = eu⟧"))
    // Nobody in the EU needs it.
    try check(
      StepOutsideGuard.self,
      policy.replacing("%", with: "only models where model.region = eu")
        .replacing("when topic = law", with: "when topic = law and region = us"))
  }

  @Test func `a judge that is lost is a warning`() throws {
    let policy = """
      gate good = judge(large, "Good?") %
      ladder l { tier small accept ⟦good >= 0.8⟧  tier medium }
      otherwise { use l }
      """
    try check(
      StepOutsideGuard.self, Self.policy(policy.replacing("%", with: ""), marked: false),
      messages: [
        "under `stays` the judge `large` is lost, so `good` rejects every answer of `small`"
      ])
    try check(
      StepOutsideGuard.self,
      Self.policy(policy.replacing("%", with: "on failure accept"), marked: false),
      messages: [
        "under `stays` the judge `large` is lost, so `good` lets every answer of `small` through"
      ])
  }

  @Test func `a caller who says nothing is outside`() throws {
    try check(
      GuardOnCallerFact.self,
      """
      facts { region : eu | us = us }
      guard stays when ⟦region = eu⟧ { only models where model.region = eu }
      otherwise { use small }
      """,
      fixed: """
        facts { region : eu | us = eu }
        guard stays when region = eu { only models where model.region = eu }
        otherwise { use small }
        """,
      messages: ["a caller who says nothing of `region` is outside `stays`"])
  }

  @Test func `a fact that is one of several reasons counts`() throws {
    try check(
      GuardOnCallerFact.self,
      """
      facts { sensitive : bool = false from header "x-sensitive" }
      condition held = prompt has secret or sensitive
      guard stays when ⟦held⟧ { only models where model.region = eu }
      otherwise { use small }
      """)
  }

  @Test(arguments: [
    "facts { region : eu | us = eu }",
    "facts { region : eu | us required }",
    "facts { region : eu | us = us from key }",
  ])
  func `a strict, required or key fact is left alone`(_ facts: String) throws {
    try check(
      GuardOnCallerFact.self,
      "\(facts)\nguard stays when region = eu { only models where model.region = eu }\notherwise { use small }"
    )
  }
}
