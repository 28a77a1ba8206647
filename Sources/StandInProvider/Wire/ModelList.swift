import JSONWriting

/// The answer to `GET /v1/models`.
struct ModelList {
  let names: [String]

  var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("object", "list")
      json.array("data") { json in
        for name in names {
          json.object { json in
            json.member("id", name)
            json.member("object", "model")
            json.member("owned_by", "standin")
          }
        }
      }
    }
    return json.bytes
  }
}
