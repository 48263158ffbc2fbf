using System.Text;

namespace Portal.Benchmarks.Odd;

/// <summary>Makes the requests: the same number of the same seed is the same request.</summary>
internal sealed class OddMaker(IReadOnlyList<OddDoor> doors, IReadOnlySet<long> kept, int seed)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "ODD", ""];
    private static readonly string[] Handlers = ["sign-in", "ask", "enter", "forgot", "register", "reset", "second", "send-again", "verify", "invited", "set-up", "nobody", ""];
    private static readonly string[] Fields = ["Input.Email", "Input.Password", "Input.Code", "Input.FullName", "Input.Company", "Input.MobileNumber", "Input.AcceptTerms", "Input.Remember", "Input.NewPassword", "Input.Token", "Input", "Input.", "Input[0].Email", "Input.Email.Length"];
    private static readonly string[] Types = ["application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=odd", "text/plain", "text/csv", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "json", "/", "", "application/json, text/csv", "application/merge-patch+json"];
    private static readonly string[] Headers = ["Authorization", "If-Match", "If-None-Match", "Idempotency-Key", "Range", "Accept", "Accept-Language", "Accept-Encoding", "Content-Encoding", "Cookie", "Origin", "Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "User-Agent", "Expect", "Upgrade", "Connection", "X-Odd", "If-Modified-Since", "Referer", "Content-Type", "Access-Control-Request-Method", "RequestVerificationToken", "Transfer-Encoding", "Content-Length"];

    public OddRequest Make(int number)
    {
        var chance = new Random(unchecked((seed * 1_000_003) + number));
        var door = Choose(chance);
        var may = door.May.Count > 0 && chance.Next(12) > 0 ? door.May : [Visits.Anonymous, .. Visit.People.Keys];
        var who = OddTexts.Pick(chance, may);
        var isForm = !door.Path.StartsWith("/api/", StringComparison.Ordinal) && door.Body is null && chance.Next(3) == 0;
        var method = chance.Next(25) == 0 ? OddTexts.Pick(chance, Methods) : isForm ? "POST" : door.Method;
        var hasBody = method is not ("GET" or "HEAD") || chance.Next(20) == 0;
        var (type, body) = hasBody ? Body(chance, door, isForm) : ("", []);
        var head = new StringBuilder().Append(method).Append(' ').Append(Target(chance, door, method)).Append(chance.Next(200) == 0 ? " HTTP/9.9" : " HTTP/1.1");
        return new(who, WithHeaders(chance, head, type), body);
    }

    private static (string Type, byte[] Body) Body(Random chance, OddDoor door, bool isForm) => chance.Next(12) switch
    {
        0 => (OddTexts.Pick(chance, Types), OddBodies.Json(chance, door.Body)),
        1 => ("multipart/form-data; boundary=odd", OddBodies.Parts(chance)),
        2 => ("", OddBodies.Noise(chance)),
        _ when isForm => ("application/x-www-form-urlencoded", OddBodies.Form(chance, OddTexts.Pick(chance, Handlers), [.. Enumerable.Range(0, chance.Next(1, 6)).Select(_ => OddTexts.Pick(chance, Fields))])),
        _ when door.TakesCsv => ("text/csv", OddBodies.Csv(chance)),
        _ => ("application/json", OddBodies.Json(chance, door.Body)),
    };

    private static string WithHeaders(Random chance, StringBuilder head, string type)
    {
        if (chance.Next(100) > 0)
            head.Append("\r\nHost: localhost");
        head.Append("\r\nX-Forwarded-For: ").Append(FormattableString.Invariant($"11.{chance.Next(256)}.{chance.Next(256)}.{chance.Next(1, 255)}"));
        if (type.Length > 0)
            head.Append("\r\nContent-Type: ").Append(type);
        if (chance.Next(3) > 0)
            head.Append("\r\nRequestVerificationToken: ").Append(OddRequest.FormToken);
        for (var more = chance.Next(4) == 0 ? chance.Next(1, 4) : 0; more > 0; more--)
            head.Append("\r\n").Append(Odd(chance));
        if (chance.Next(500) == 0)
            head.Append(string.Concat(Enumerable.Range(0, chance.Next(50, 200)).Select(n => $"\r\nX-Odd-{n}: x")));
        return head.ToString();
    }

    // A length that promises more than comes is a slow sender: the server waits for it as it should, so no such thing is made.
    private static string Odd(Random chance)
    {
        var name = OddTexts.Pick(chance, Headers);
        return name switch
        {
            "Content-Length" => $"Content-Length: {OddTexts.Pick(chance, ["-1", "x", "1, 1", "99999999999999999999", "0"])}",
            "Transfer-Encoding" => $"Transfer-Encoding: {OddTexts.Pick(chance, ["x", "chunked, chunked", "gzip, x", "identity"])}",
            "Host" or "Connection" or "Upgrade" or "Expect" => $"{name}: {OddTexts.Pick(chance, ["x", "", "a b", "localhost:99999", "100-continue"])}",
            _ => $"{name}: {OddTexts.Header(chance)}",
        };
    }

    private string Target(Random chance, OddDoor door, string method)
    {
        var path = door.Fill(place => chance.Next(3) == 0 ? OddTexts.Pick(chance, OddTexts.Escaped) : place == "format" ? "csv" : Id(chance, method));
        path = chance.Next(40) switch
        {
            0 => path + "/",
            1 => path.ToUpperInvariant(),
            2 => path + "/" + OddTexts.Pick(chance, OddTexts.Escaped),
            3 => path.Replace("/", "//", StringComparison.Ordinal),
            4 => path + new string('a', chance.Next(1, 9_000)),
            _ => path,
        };
        return chance.Next(method is "GET" or "HEAD" ? 4 : 20) == 0 ? path : $"{path}{Query(chance, door)}";
    }

    private static string Query(Random chance, OddDoor door)
    {
        var query = new StringBuilder();
        for (var more = chance.Next(0, 4); more > 0; more--)
        {
            var name = door.Query.Count > 0 && chance.Next(8) > 0 ? OddTexts.Pick(chance, door.Query) : OddTexts.Pick(chance, OddTexts.Escaped);
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(chance.Next(30) == 0 ? new string('a', chance.Next(100, 7_000)) : OddTexts.Pick(chance, OddTexts.Escaped));
        }

        return query.ToString();
    }

    // Those who are sent to try the doors are not sent away by what they try.
    private string Id(Random chance, string method)
    {
        long id;
        do
            id = chance.Next(1, 60);
        while (method is not "GET" && kept.Contains(id));
        return FormattableString.Invariant($"{id}");
    }

    private OddDoor Choose(Random chance)
    {
        var door = doors[chance.Next(doors.Count)];
        return door.IsHeavy && chance.Next(20) > 0 ? Choose(chance) : door;
    }
}
