namespace Portal.Core.Foundation;

/// <summary>What a template may name, and where its links may lead.</summary>
public sealed record TemplateRules(IReadOnlyList<TemplateVariable> Variables, Uri Portal)
{
    public const int LongestSubject = 200;
    public const int LongestBody = 20_000;

    public TemplateVariable? Find(string name) => Variables.FirstOrDefault(v => v.Name == name);

    /// <summary>The whole address of a page: of the portal itself, unless it is declared to lead elsewhere. Null for anything else.</summary>
    public Uri? Address(string written, bool leadsElsewhere)
    {
        // What begins with a slash is a page of ours; with two, or with a backslash, a browser reads another host.
        if (written.StartsWith('/') && !written.StartsWith("//", StringComparison.Ordinal) && !written.Contains('\\', StringComparison.Ordinal))
            written = Portal.AbsoluteUri.TrimEnd('/') + written;
        return Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && (leadsElsewhere || IsOurs(address)) ? address : null;
    }

    /// <summary>The variable whose name is most like this one, if any is.</summary>
    public string? Nearest(string name) => Variables.Select(v => (v.Name, Far: Distance(v.Name, name))).Where(v => v.Far <= 2).OrderBy(v => v.Far).Select(v => v.Name).FirstOrDefault();

    private bool IsOurs(Uri address) =>
        Uri.Compare(address, Portal, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static int Distance(string a, string b)
    {
        var before = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var here = new int[b.Length + 1];
            here[0] = i;
            for (var j = 1; j <= b.Length; j++)
                here[j] = Math.Min(Math.Min(here[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            before = here;
        }

        return before[b.Length];
    }
}
