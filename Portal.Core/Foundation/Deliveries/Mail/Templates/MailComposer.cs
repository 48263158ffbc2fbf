using System.Collections.Concurrent;
using System.Globalization;

namespace Portal.Core.Foundation;

/// <summary>A mail as a delivery takes it.</summary>
public sealed record ComposedMail(string Subject, string Text, string Html);

/// <summary>Where a reader chooses what they hear, and where one press ends it: in the foot of a mail, where they are given.</summary>
public sealed record MailFoot(string? PreferencesUrl = null, string? UnsubscribeUrl = null);

/// <summary>
/// Writes every mail of the portal: the template's words, an admin's or our own, with the values filled in, as HTML and as text. It works on the
/// caller's open database and saves nothing. What it reads there is kept for some seconds, because a mail is often one of many.
/// </summary>
public sealed class MailComposer(PortalOptions options, TimeProvider time)
{
    private const int LongestSubject = 300;
    private const int LongestPreview = 140;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly Uri portal = new(options.PublicUrl);
    private readonly ConcurrentDictionary<(string Key, string Language), TemplateText> standard = new();
    private volatile Stationery? kept;

    /// <param name="db">The caller's.</param>
    /// <param name="key">Of <see cref="MailTemplates"/>.</param>
    /// <param name="to">Who reads it.</param>
    /// <param name="values">The template's variables by their names. The name of the reader, the agency's and the portal's address come by themselves.</param>
    /// <param name="links">For the foot.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<ComposedMail> ComposeAsync(
        PortalDb db, string key, Addressee to, IReadOnlyDictionary<string, object?> values, MailFoot? links = null, CancellationToken ct = default)
    {
        var (template, paper) = (MailTemplates.Of(key), await PaperAsync(db, ct));
        var (text, language) = Find(paper, template, to.Language);
        return Write(template, text, language, paper, to, values, links, MailLight.Reader);
    }

    /// <summary>A text that is not saved yet, as it would be sent.</summary>
    internal async Task<ComposedMail> ShowAsync(PortalDb db, MailTemplate template, TemplateText text, string language, Addressee to, MailLight light, CancellationToken ct)
    {
        var samples = template.Variables.Where(v => v.Name != MailVariables.Name.Name).ToDictionary(v => v.Name, v => (object?)v.Sample);
        return Write(template, text, language, await PaperAsync(db, ct), to, samples, null, light);
    }

    /// <summary>The variables of a template, with their samples as they are written in English.</summary>
    internal IReadOnlyList<MailVariableView> Variables(MailTemplate template)
    {
        var samples = template.Variables.ToDictionary(v => v.Name, v => (object?)v.Sample);
        var written = new TemplateValues(Rules(template), samples, CultureInfo.GetCultureInfo(Cultures.Standard), Zone.Utc);
        return [.. template.Variables.Select(v => new MailVariableView(v.Name, v.Kind, v.About, v.Kind is VariableKind.List ? "" : written.Text(new(v, null)), v.IsOptional))];
    }

    internal TemplateText Read(MailTemplate template, string subject, string body) => TemplateText.Read(subject, body, Rules(template));

    /// <summary>What was changed here is in the next mail of this host; of the others, some seconds later.</summary>
    internal void Forget() => kept = null;

    private ComposedMail Write(MailTemplate template, TemplateText text, string language, Stationery paper, Addressee to, IReadOnlyDictionary<string, object?> values, MailFoot? links, MailLight light)
    {
        var all = new Dictionary<string, object?>(values) { ["agency"] = paper.Agency, ["portal"] = "/" };
        if (!string.IsNullOrEmpty(to.Name))
            all["name"] = to.Name;
        var rules = Rules(template);
        var filled = new TemplateValues(rules, all, to.WritingIn(language), to.Zone);
        var why = string.Format(CultureInfo.InvariantCulture, MailTexts.Frame(language, Input.Name(template.Category.ToString())), paper.Agency);
        var frame = new MailFrame(paper.Agency, paper.Address, why, language, Own(rules, links?.PreferencesUrl), Own(rules, links?.UnsubscribeUrl));
        var subject = Cut(MailPlain.OneLine(text.Subject, filled), LongestSubject);
        return new(subject, MailPlain.Write(text, filled, frame), MailLayout.Write(subject, Preview(text, filled), MailHtml.Body(text, filled), frame, light));
    }

    /// <summary>What a mailbox shows after the subject: what the template says for that, else its first words after the greeting.</summary>
    private static string Preview(TemplateText text, TemplateValues values)
    {
        var block = text.Body.FirstOrDefault(b => b.Kind is TemplateBlockKind.Preview)
            ?? text.Body.Where(b => b.Kind is TemplateBlockKind.Paragraph && !MailPlain.IsEmpty(b, values)).Skip(1).FirstOrDefault();
        return block is null ? "" : Cut(string.Join(' ', block.Lines.Select(l => MailPlain.OneLine(l, values))), LongestPreview);
    }

    private static Uri? Own(TemplateRules rules, string? address) => address is null ? null
        : rules.Address(address, leadsElsewhere: false) ?? throw new InvalidOperationException("What the foot of a mail leads to is a page of the portal.");

    private TemplateRules Rules(MailTemplate template) => new(template.Variables, portal);

    /// <summary>In the reader's language: what an admin wrote, else our own; and else the same in English.</summary>
    private (TemplateText Text, string Language) Find(Stationery paper, MailTemplate template, string language)
    {
        foreach (var tongue in new[] { language, MailTexts.Standard }.Distinct())
        {
            if (paper.Edits.GetValueOrDefault((template.Key, tongue)) is { } edited)
                return (edited, tongue);
            if (MailTexts.Of(tongue, template.Key) is { } own)
                return (standard.GetOrAdd((template.Key, tongue), _ => Read(template, own.Subject, own.Body)), tongue);
        }

        throw new InvalidOperationException($"There is no text for {template.Key}.");
    }

    private async ValueTask<Stationery> PaperAsync(PortalDb db, CancellationToken ct)
    {
        var now = time.Now();
        if (kept is { } known && now - known.At < Fresh && now >= known.At)
            return known;
        var agency = await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new Agency();
        var edits = new Dictionary<(string, string), TemplateText>();
        foreach (var edit in await MailTemplateEdit.Newest(db).Where(e => e.Kind != MailTemplateEditKind.Reset).ToListAsync(ct))
        {
            // Written for an earlier version that had other variables: then our own words hold until somebody looks at it.
            if (MailTemplates.Find(edit.Template) is { } template && Read(template, edit.Subject, edit.Body) is { Problems.Count: 0 } text)
                edits[(edit.Template, edit.Language)] = text;
        }

        return kept = new(agency.Name, Line(agency.Address), edits, now);
    }

    private static string Line(PostalAddress address) => string.Join(", ", new[]
    {
        address.Line1, address.Line2, string.Join(' ', new[] { address.City, address.Region, address.PostalCode }.Where(part => part.Length > 0)),
        address.Country.Length > 0 ? Countries.Name(address.Country) : "",
    }.Where(part => part.Length > 0));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    private sealed record Stationery(string Agency, string Address, Dictionary<(string, string), TemplateText> Edits, DateTime At);
}
