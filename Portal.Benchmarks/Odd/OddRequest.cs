using System.Globalization;
using System.Text;

namespace Portal.Benchmarks.Odd;

/// <summary>
/// A request as it goes over the wire, but for what a session knows: who they are, and <see cref="FormToken"/> where a form's token belongs.
/// </summary>
/// <param name="Who">Whose sign-in it carries, by the name they have in isolation.json.</param>
/// <param name="Head">The request line and the headers, one character for each byte, without the length.</param>
/// <param name="Body">What follows.</param>
internal sealed record OddRequest(string Who, string Head, byte[] Body)
{
    public const string FormToken = "FORM_TOKEN";

    public string Method => Head[..Math.Max(0, Head.IndexOf(' ', StringComparison.Ordinal))];

    public string Path => Head.Split(' ') is [_, var target, ..] ? target : "";

    public bool IsApi => Path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase);

    /// <summary>After it, client and server may not agree where the next one begins.</summary>
    public bool IsRough => Has("Content-Length") || Has("Transfer-Encoding") || Has("Connection") || Has("Upgrade") || Has("Expect") || Method is "CONNECT" or "TRACE" or "";

    public byte[] ToBytes(Visit? visit)
    {
        var (head, body) = (Head, Body);
        if (visit is not null)
        {
            head = head.Replace(FormToken, visit.FormToken, StringComparison.Ordinal);
            if (body.AsSpan().IndexOf("FORM_TOKEN"u8) >= 0)
                body = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(FormToken, visit.FormToken, StringComparison.Ordinal));
        }

        var line = head.IndexOf("\r\n", StringComparison.Ordinal);
        line = line < 0 ? head.Length : line;
        return [.. Encoding.Latin1.GetBytes($"{head[..line]}{Session(visit)}{Length(body)}{head[line..]}\r\n\r\n"), .. body];
    }

    public override string ToString() => $"{Who} {(Head.Length <= 300 ? Head : Head[..300] + "…").ReplaceLineEndings(" | ")} ({Body.Length} bytes: {Encoding.Latin1.GetString(Body, 0, Math.Min(160, Body.Length))})";

    private string Session(Visit? visit) =>
        visit is null || Has("Authorization") ? ""
        : IsApi ? visit.AccessToken.Length == 0 ? "" : $"\r\nAuthorization: Bearer {visit.AccessToken}"
        : Has("Cookie") ? "" : $"\r\nCookie: {visit.Cookies}";

    private string Length(byte[] body) =>
        Has("Content-Length") || Has("Transfer-Encoding") || (body.Length == 0 && Method is "GET" or "HEAD") ? ""
        : string.Create(CultureInfo.InvariantCulture, $"\r\nContent-Length: {body.Length}");

    private bool Has(string header) => Head.Contains($"\n{header}:", StringComparison.OrdinalIgnoreCase);
}
