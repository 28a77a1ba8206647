@testable import PolicyGraph

extension PlantedBug {
  static let inGuards: [PlantedBug] = [
    kind("a negation is dropped", from: .not, to: .all),
    kind("and becomes or", from: .all, to: .any),
    kind("or becomes and", from: .any, to: .all),
    PlantedBug("the last part of a condition is not read") { parts, random in
      let places = parts.nodes.indices.filter {
        let node = parts.nodes[$0]
        return node.above == .all && !node.isLastChild
          && parts.nodes[Int(node.end)].isLastChild
      }
      guard !places.isEmpty else { return false }
      parts.nodes[random.pick(places)].isLastChild = true
      return true
    },
    PlantedBug("two routes change places") { parts, random in
      guard parts.routeRoots.count > 2 else { return false }
      let place = random.below(parts.routeRoots.count - 2)
      parts.routeRoots.swapAt(place, place + 1)
      return true
    },
  ]

  private static func kind(
    _ name: String, from old: GuardNode.Kind, to new: GuardNode.Kind
  ) -> PlantedBug {
    PlantedBug(name) { parts, random in
      let places = parts.nodes.indices.filter { parts.nodes[$0].kind == old }
      guard !places.isEmpty else { return false }
      let place = random.pick(places)
      parts.nodes[place].kind = new
      var child = place + 1
      while child < Int(parts.nodes[place].end) {
        parts.nodes[child].above = new
        child = Int(parts.nodes[child].end)
      }
      return true
    }
  }

  static let inIndex: [PlantedBug] = [
    PlantedBug("the index forgets the routes that do not care") { parts, random in
      let places = parts.index.nodes.indices.filter { parts.index.nodes[$0].careless != .none }
      guard !places.isEmpty else { return false }
      parts.index.nodes[random.pick(places)].careless = .none
      return true
    },
    PlantedBug("the index ends a list of routes too early") { parts, random in
      let places = parts.index.leaves.indices.filter {
        parts.index.leaves[$0] & RouteIndex.lastMark == 0
      }
      guard !places.isEmpty else { return false }
      parts.index.leaves[random.pick(places)] |= RouteIndex.lastMark
      return true
    },
    PlantedBug("the index splits numbers one off") { parts, random in
      let places = parts.index.nodes.indices.filter { parts.index.nodes[$0].kind == .below }
      guard !places.isEmpty else { return false }
      parts.index.nodes[random.pick(places)].key += 1
      return true
    },
    PlantedBug("the index confuses two values") { parts, random in
      let places = parts.index.nodes.indices.filter {
        parts.index.nodes[$0].kind == .dense && parts.index.nodes[$0].count > 1
      }
      guard !places.isEmpty else { return false }
      let start = Int(parts.index.nodes[random.pick(places)].start)
      parts.index.branches.swapAt(start, start + 1)
      return true
    },
    PlantedBug("the index looks at later routes first") { parts, random in
      let places = parts.index.nodes.indices.filter {
        let careless = parts.index.nodes[$0].careless
        return careless != .none && !careless.isLeaf
      }
      guard !places.isEmpty else { return false }
      let place = random.pick(places)
      let node = parts.index.nodes[place].careless.place
      parts.index.nodes[place].careless = Branch(
        node: node, first: UInt32(parts.routeRoots.count - 1))
      return true
    },
  ]
}
