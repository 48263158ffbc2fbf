namespace Portal.Core.Foundation;

/// <summary>The templates as an admin sees them: our own words, with what has been made of them.</summary>
public sealed class MailTemplateQueries(Database database, MailComposer composer)
{
    private static readonly Sorts<MailTemplateEdit> Orders = new Sorts<MailTemplateEdit>("-number", e => e.Id).By("number", e => e.Id);

    /// <summary>There are as many as the program has, so what is found is sorted and cut here.</summary>
    public async Task<Paged<MailTemplateLine>> ListAsync(Actor actor, MailTemplatePage page, CancellationToken ct = default)
    {
        Input.Check(page);
        await using var db = database.Open(actor, Can.ManageAgency);
        var edits = await MailTemplateEdit.Newest(db).ToListAsync(ct);
        var found = MailTemplates.All.Select(t => Line(t, edits)).Where(line => Fits(line, page)).ToList();
        var sorted = Sorted(found, page.Sort).Skip((page.Number - 1) * page.Size).Take(page.Size).ToList();
        return new(sorted, page.Size, found.Count, page.Number * page.Size < found.Count ? "more" : null, null);
    }

    public async Task<MailTemplateView> GetAsync(Actor actor, string template, string? language = null, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        return await GetAsync(db, Known(template), Language(language), ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<Paged<MailTemplateChange>> HistoryAsync(Actor actor, string template, string? language, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        var (key, tongue) = (Known(template).Key, Language(language));
        return await db.MailTemplateEdits.AsNoTracking().Where(e => e.Template == key && e.Language == tongue)
            .ToPagedAsync(page, Orders, e => new MailTemplateChange(e.Number, e.Kind, e.Subject, e.Body, e.EditedByName, e.EditedAt), ct);
    }

    internal static MailTemplate Known(string? template) => MailTemplates.Find(template) ?? throw new NotFound("mail template");

    internal static string Language(string? language) => string.IsNullOrEmpty(language) ? MailTexts.Standard
        : MailTexts.All.Contains(language) ? language
        : throw new Invalid("language", $"Choose one of {string.Join(", ", MailTexts.All)}.");

    internal async Task<MailTemplateView> GetAsync(PortalDb db, MailTemplate template, string language, CancellationToken ct)
    {
        var edit = await NewestAsync(db, template.Key, language, ct);
        var isChanged = edit is { Kind: not MailTemplateEditKind.Reset };
        var (own, standard) = (MailTexts.Of(language, template.Key), template.Text);
        var (subject, body) = isChanged ? (edit!.Subject, edit.Body) : ((own ?? standard).Subject, (own ?? standard).Body);
        return new(
            template.Key, standard.Name, standard.About, template.Category, language, isChanged, isChanged || own is not null, subject, body, edit?.Number ?? 0,
            edit?.EditedByName, edit?.EditedAt, composer.Variables(template), composer.Read(template, subject, body).Problems);
    }

    internal static Task<MailTemplateEdit?> NewestAsync(PortalDb db, string template, string language, CancellationToken ct) =>
        db.MailTemplateEdits.AsNoTracking().Where(e => e.Template == template && e.Language == language).OrderByDescending(e => e.Number).FirstOrDefaultAsync(ct);

    private static MailTemplateLine Line(MailTemplate template, List<MailTemplateEdit> edits)
    {
        var (text, own) = (template.Text, edits.Where(e => e.Template == template.Key).ToList());
        var english = own.FirstOrDefault(e => e.Language == MailTexts.Standard && e.Kind is not MailTemplateEditKind.Reset);
        var last = own.MaxBy(e => e.EditedAt);
        return new(template.Key, text.Name, text.About, template.Category, own.Any(e => e.Kind is not MailTemplateEditKind.Reset), english?.Subject ?? text.Subject, last?.EditedByName, last?.EditedAt);
    }

    private static bool Fits(MailTemplateLine line, MailTemplatePage page) =>
        (page.Category is not { Value: var category } || line.Category == category)
        && (page.Changed is not { } changed || line.IsChanged == changed)
        && (page.Q is not { Length: > 0 } words || new[] { line.Name, line.Key, line.Subject, line.About }.Any(text => text.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<MailTemplateLine> Sorted(List<MailTemplateLine> lines, string? sort)
    {
        var (name, isDown) = sort is { Length: > 0 } ? (sort.TrimStart('-'), sort[0] == '-') : ("name", false);
        Func<MailTemplateLine, object?> key = name switch
        {
            "name" => line => line.Name,
            "category" => line => line.Category,
            "edited_at" => line => line.EditedAt ?? DateTime.MinValue,
            _ => throw new Invalid("sort", "Sort by name, category, edited_at, with a minus for descending."),
        };
        return (isDown ? lines.OrderByDescending(key) : lines.OrderBy(key)).ThenBy(line => line.Name, StringComparer.Ordinal);
    }
}
