import PolicyPictures
import RoutingTestSupport
import Testing

@Suite struct `A layout` {
  @Test(arguments: DrawnPolicy.shipped)
  func `keeps boxes, texts and arrows of a shipped policy apart`(name: String) throws {
    let picture = try DrawnPolicy(shipped: name).picture
    #expect(LayoutFaults(picture: picture, layout: PictureLayout(picture)).all == [])
  }

  @Test func `keeps apart everything a policy can say`() throws {
    let picture = try DrawnPolicy(DrawnPolicy.everything).picture
    #expect(LayoutFaults(picture: picture, layout: PictureLayout(picture)).all == [])
  }

  @Test(arguments: [1, 2, 3, 5, 8, 12, 20, 50, 100, 200])
  func `keeps generated policies of any size apart`(routes: Int) throws {
    for round in 0..<(routes > 50 ? 3 : 20) {
      let seed = UInt64(routes * 1000 + round)
      var writer = PolicyWriter(seed: seed, routes: routes)
      let picture = try DrawnPolicy(writer.text()).picture
      let faults = LayoutFaults(picture: picture, layout: PictureLayout(picture)).all
      #expect(faults == [], "\(routes) routes, seed \(seed)")
    }
  }

  @Test func `keeps pictures with hostile names apart`() {
    for seed in UInt64(1)...200 {
      let picture = PictureWriter.picture(seed: seed)
      let faults = LayoutFaults(picture: picture, layout: PictureLayout(picture)).all
      #expect(faults == [], "seed \(seed)")
    }
    print("seeds 1 to 200")
  }

  @Test func `is no wider for a longer policy, only taller`() throws {
    let sizes = try [12, 60, 200].map { routes in
      var writer = PolicyWriter(seed: 7, routes: routes)
      return PictureLayout(try DrawnPolicy(writer.text()).picture)
    }
    #expect(sizes.allSatisfy { $0.width < 1600 }, "\(sizes.map(\.width))")
    #expect(sizes[0].height < sizes[1].height && sizes[1].height < sizes[2].height)
  }

  @Test func `leaves an empty picture empty`() {
    let layout = PictureLayout(PolicyPicture(path: "none.rung"))
    #expect(layout.boxes.isEmpty && layout.width >= 0 && layout.height >= 0)
  }
}
