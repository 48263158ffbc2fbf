using System.Text;
using System.Text.Json.Nodes;

namespace Portal.Benchmarks.Odd;

/// <summary>Bodies that are wrong in one way or another, and now and then one that is not.</summary>
internal static class OddBodies
{
    private static readonly string[] Roots = ["", " ", "null", "true", "1", "\"x\"", "[]", "{}", "[{}]", "[null]", "{\"\":null}", "{", "}", "[", "{\"a\"", "{\"a\":}", "{\"a\":1,}", "/* */{}", "{}{}", "\uFEFF{}", "{\"__proto__\":{}}", "{\"$type\":\"System.Object\"}"];

    private static readonly string[] Sheets =
    [
        "name\nNew", "name,owner_email\n\"New", "name,name\nA,B", "\"", ",,,,\n,,,,", "name\n=cmd|'/c calc'!A1", "name;owner_email\nA;b@example.com", "name\r\rA\r\r", "name\n\0", "\uFEFFname\nÄ", "no,such,column\n1,2,3", "name,owner_email\nA,not-an-address", "name\n\"\"\"\"\"\"",
    ];

    public static byte[] Json(Random chance, JsonNode? sound)
    {
        var text = sound?.ToJsonString() ?? "{}";
        return chance.Next(16) switch
        {
            0 => Bytes(text[..chance.Next(text.Length)]),
            1 => Flip(chance, Bytes(text)),
            2 => Bytes(Deep(chance)),
            3 => Bytes(With(chance, sound, Huge(chance))),
            4 => Bytes(Twice(chance, sound, text)),
            5 => Insert(chance, Bytes(text)),
            6 => Bytes(OddTexts.Pick(chance, Roots)),
            7 => Bytes(Without(chance, sound)),
            8 => Noise(chance),
            9 => Encoding.Unicode.GetBytes(text),
            10 => Bytes(text),
            _ => Bytes(With(chance, sound, OddTexts.Pick(chance, OddTexts.Values))),
        };
    }

    public static byte[] Csv(Random chance) => chance.Next(8) switch
    {
        0 => Flip(chance, Bytes("name,owner_name,owner_email\nNew,Ada,ada@example.com\n")),
        1 => Noise(chance),
        2 => Bytes("name\n" + string.Concat(Enumerable.Repeat("\"a\n", chance.Next(1, 2_000)))),
        3 => Bytes("name\n" + new string('x', chance.Next(1, 3_000_000))),
        4 => Bytes(string.Join(',', Enumerable.Repeat("name", chance.Next(1, 20_000)))),
        5 => Insert(chance, Bytes(OddTexts.Pick(chance, Sheets))),
        _ => Bytes(OddTexts.Pick(chance, Sheets)),
    };

    public static byte[] Form(Random chance, string handler, IReadOnlyList<string> fields)
    {
        var form = new StringBuilder($"_handler={handler}&__RequestVerificationToken={(chance.Next(3) > 0 ? OddRequest.FormToken : "CfDJ8broken")}");
        foreach (var field in fields)
            form.Append('&').Append(field).Append('=').Append(chance.Next(2) == 0 ? "some+text" : OddTexts.Pick(chance, OddTexts.Escaped));
        return chance.Next(6) switch
        {
            0 => Flip(chance, Bytes(form.ToString())),
            1 => Bytes(form.Append(string.Concat(Enumerable.Repeat("&Input.Email=x", chance.Next(1, 3_000)))).ToString()),
            2 => Bytes(form.Append("&Input" + string.Concat(Enumerable.Repeat("[0]", chance.Next(1, 300))) + "=x").ToString()),
            _ => Bytes(form.ToString()),
        };
    }

    public static byte[] Parts(Random chance)
    {
        var part = "--odd\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\nname\nNew\r\n";
        return chance.Next(6) switch
        {
            0 => Bytes(part),
            1 => Flip(chance, Bytes(part + "--odd--\r\n")),
            2 => Bytes(string.Concat(Enumerable.Repeat(part, chance.Next(2, 1_500))) + "--odd--\r\n"),
            3 => Bytes("--odd\r\n" + string.Concat(Enumerable.Repeat("X-Odd: y\r\n", chance.Next(1, 2_000))) + "\r\nx\r\n--odd--\r\n"),
            4 => Bytes("--odd\r\nContent-Disposition: " + new string('a', chance.Next(1, 40_000)) + "\r\n\r\nx\r\n--odd--\r\n"),
            _ => Noise(chance),
        };
    }

    public static byte[] Flip(Random chance, byte[] bytes)
    {
        for (var times = chance.Next(1, 9); times > 0 && bytes.Length > 0; times--)
            bytes[chance.Next(bytes.Length)] ^= (byte)(1 << chance.Next(8));
        return bytes;
    }

    public static byte[] Noise(Random chance)
    {
        var bytes = new byte[chance.Next(1, 4_000)];
        chance.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Insert(Random chance, byte[] bytes)
    {
        byte[][] unreadable = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x00]];
        var at = chance.Next(bytes.Length + 1);
        return [.. bytes[..at], .. unreadable[chance.Next(unreadable.Length)], .. bytes[at..]];
    }

    private static string Deep(Random chance)
    {
        var depth = chance.Next(3) switch { 0 => 70, 1 => 5_000, _ => 200_000 };
        return chance.Next(2) == 0 ? new string('[', depth) : string.Concat(Enumerable.Repeat("{\"a\":", depth));
    }

    // Now and then more than the server takes at all.
    private static string Huge(Random chance) => $"\"{new string('a', chance.Next(60) == 0 ? 11_000_000 : chance.Next(1_000, 200_000))}\"";

    private static string With(Random chance, JsonNode? sound, string value)
    {
        var properties = Properties(sound);
        if (properties.Count == 0)
            return $"{{\"name\":{value}}}";
        var chosen = chance.Next(properties.Count);
        properties[chosen] = (properties[chosen].Key, value);
        return Join(properties);
    }

    private static string Without(Random chance, JsonNode? sound)
    {
        var properties = Properties(sound);
        if (properties.Count > 0)
            properties.RemoveAt(chance.Next(properties.Count));
        if (chance.Next(2) == 0)
            properties.Add(("no_such_field", "1"));
        return Join(properties);
    }

    private static string Twice(Random chance, JsonNode? sound, string text)
    {
        var properties = Properties(sound);
        if (properties.Count == 0)
            return text;
        var again = properties[chance.Next(properties.Count)];
        properties.Insert(chance.Next(properties.Count), (again.Key, OddTexts.Pick(chance, OddTexts.Values)));
        return Join(properties);
    }

    private static List<(string Key, string Value)> Properties(JsonNode? sound) => [.. (sound as JsonObject ?? []).Select(p => (p.Key, p.Value?.ToJsonString() ?? "null"))];

    private static string Join(List<(string Key, string Value)> properties) => $"{{{string.Join(',', properties.Select(p => $"\"{p.Key}\":{p.Value}"))}}}";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
