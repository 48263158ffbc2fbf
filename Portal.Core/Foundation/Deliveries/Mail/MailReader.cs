using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Core.Foundation;

/// <summary>A mail of our own, read again.</summary>
/// <param name="Html">As it was written; null for a mail without such a part.</param>
public sealed record MailRead(IReadOnlyList<KeyValuePair<string, string>> Headers, string Text, string? Html)
{
    public string this[string name] => Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";
}

/// <summary>Reads what <see cref="MailMessage"/> writes: for the mailbox of development, not for the world's mail.</summary>
public static partial class MailReader
{
    public static MailRead Read(string message)
    {
        var (headers, body) = Split(message);
        var whole = new MailRead(headers, "", null);
        if (Boundary().Match(whole["Content-Type"]) is not { Success: true } boundary)
            return whole with { Text = Decoded(whole, body) };
        var parts = $"\r\n{body}".Split($"\r\n--{boundary.Groups[1].Value}").Skip(1).Select(part => Split(part.TrimStart('\r', '\n'))).ToList();
        return whole with { Text = Of("text/plain") ?? "", Html = Of("text/html") };

        string? Of(string type) => parts.Select(p => (Part: new MailRead(p.Headers, "", null), p.Body))
            .Where(p => p.Part["Content-Type"].StartsWith(type, StringComparison.Ordinal)).Select(p => Decoded(p.Part, p.Body)).FirstOrDefault();
    }

    private static (List<KeyValuePair<string, string>> Headers, string Body) Split(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = end < 0 ? message : message[..end];
        var headers = Folded().Replace(head, " ").Split("\r\n").Select(line => line.Split(": ", 2)).Where(h => h.Length == 2).Select(h => KeyValuePair.Create(h[0], Words(h[1]))).ToList();
        return (headers, end < 0 ? "" : message[(end + 4)..]);
    }

    private static string Words(string value) => EncodedWord().Replace(BetweenWords().Replace(value, "?==?"), m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value)));

    private static string Decoded(MailRead part, string body) => part["Content-Transfer-Encoding"] switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
        "quoted-printable" => Plain(body),
        _ => body,
    };

    private static string Plain(string body)
    {
        var (text, bytes) = (body.Replace("=\r\n", "", StringComparison.Ordinal), new List<byte>());
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var written))
            {
                bytes.Add(written);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]+)\?=")]
    private static partial Regex EncodedWord();
}
