import Foundation

/// No price, no call; an implausible price needs a confirmation.
enum A5: Promise {
  static let name = "A5"
  static let text = "a model without a price is not called, an absurd one only when confirmed"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let place = try trial.workplace("a5")
    guard let list = try PriceList(trial, in: place) else {
      return .notRun("there is no price list beside the checkout (../shared/data)")
    }
    var findings: [String] = []
    let unpriced = list.models.filter {
      $0.amounts["input_cost_per_token"] == nil || $0.amounts["output_cost_per_token"] == nil
    }
    var refused = 0
    for model in unpriced {
      let outcome = list.outcomes[model.name]
      if outcome?.outcome == "refused", outcome?.catalogName == nil {
        refused += 1
      } else {
        findings.append("\(model.name) has no price and is \(outcome?.outcome ?? "nowhere")")
      }
    }
    var absurd = 0
    var flagged = 0
    var held: [String] = []
    for model in list.models {
      for key in ["input_cost_per_token", "output_cost_per_token"]
      where model.amounts[key]?.isAbsurd ?? false {
        absurd += 1
        guard let outcome = list.outcomes[model.name], outcome.outcome != "imported" else {
          findings.append("\(model.name): \(key) is absurd and usable")
          continue
        }
        flagged += 1
        if let name = outcome.catalogName { held.append(name) }
      }
    }
    let names = Array(Set(held).sorted().prefix(trial.count(20, atLeast: 2)))
    for (index, name) in names.enumerated() {
      trial.progress.show("A5 policy \(index + 1) of \(names.count)")
      findings += try policy(naming: name, list, trial, place)
    }
    if unpriced.count < 100 || absurd < 20 {
      findings.append("the list has too few: a blind trial")
    }
    return .of(
      findings,
      "\(refused) of \(unpriced.count) unpriced chat models refused, \(flagged) of \(absurd) absurd "
        + "prices held back; \(names.count) policies that name one refused with the cure")
  }

  /// A policy that sends everything to a model that waits for its confirmation is no policy.
  private static func policy(
    naming name: String, _ list: PriceList, _ trial: Trial, _ place: Workplace
  ) throws -> [String] {
    let folder = try place.emptyFolder("policy")
    try FileManager.default.copyItem(
      at: list.catalogFile, to: folder.appending(path: "catalog.yaml"))
    let text = "rung 1\ncatalog \"catalog.yaml\"\notherwise { use \(name) }\n"
    try Data(text.utf8).write(to: folder.appending(path: "policy.rung"))
    let child = try Child(
      Child.Start(
        program: trial.programs.rung, arguments: ["check", folder.path], folder: place.folder,
        name: "check"))
    let ending = child.ending(within: .seconds(60))
    let said = child.said + child.complaint
    guard ending == .exit(1), said.contains("confirm: expensive") else {
      return ["a policy that names \(name) is taken: \(ending), \(said.prefix(300))"]
    }
    return []
  }
}
