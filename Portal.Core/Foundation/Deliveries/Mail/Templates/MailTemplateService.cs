namespace Portal.Core.Foundation;

/// <summary>Changes what the portal's mails say. Nothing is lost: each change is one more row.</summary>
public sealed class MailTemplateService(Database database, MailComposer composer, MailTemplateQueries queries, TimeProvider time)
{
    /// <summary>What has the text already is left as it is, so that saving twice is fine.</summary>
    public async Task<MailTemplateView> SaveAsync(Actor actor, SaveMailTemplate input, CancellationToken ct = default)
    {
        Input.Check(input);
        var (template, language) = (MailTemplateQueries.Known(input.Template), MailTemplateQueries.Language(input.Language));
        await using var db = database.Open(actor, Can.ManageAgency);
        var before = await queries.GetAsync(db, template, language, ct);
        var (subject, body) = (input.Subject ?? before.Subject, input.Body ?? before.Body);
        Refuse(composer.Read(template, subject, body).Problems);
        if ((before.Subject, before.Body) == (subject, body))
            return before;
        await AddAsync(db, actor, before, input.Version, MailTemplateEditKind.Edited, subject, body, row => new MailTemplateChanged(row.Id, row.Template, row.Language), ct);
        return await queries.GetAsync(db, template, language, ct);
    }

    /// <summary>An earlier text holds again, or our own words do. The history keeps what was.</summary>
    public async Task<MailTemplateView> RestoreAsync(Actor actor, RestoreMailTemplate input, CancellationToken ct = default)
    {
        Input.Check(input);
        var (template, language) = (MailTemplateQueries.Known(input.Template), MailTemplateQueries.Language(input.Language));
        await using var db = database.Open(actor, Can.ManageAgency);
        var before = await queries.GetAsync(db, template, language, ct);
        if (input.Number is { } number)
            await RestoreAsync(db, actor, template, before, input.Version, number, ct);
        else if (before.IsChanged)
            await ResetAsync(db, actor, template, before, input.Version, ct);
        return await queries.GetAsync(db, template, language, ct);
    }

    internal static void Refuse(IReadOnlyList<TemplateProblem> problems)
    {
        if (problems.Count > 0)
            throw new Invalid(problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.OrderBy(p => p.Position).Select(p => p.Words(g.Key == "subject")).ToArray()), problems[0].Code);
    }

    private async Task RestoreAsync(PortalDb db, Actor actor, MailTemplate template, MailTemplateView before, int version, int number, CancellationToken ct)
    {
        var old = await db.MailTemplateEdits.AsNoTracking()
            .SingleOrDefaultAsync(e => e.Template == template.Key && e.Language == before.Language && e.Number == number && e.Kind != MailTemplateEditKind.Reset, ct) ?? throw new NotFound("change");
        Refuse(composer.Read(template, old.Subject, old.Body).Problems);
        if (before.IsChanged && (before.Subject, before.Body) == (old.Subject, old.Body))
            return;
        await AddAsync(db, actor, before, version, MailTemplateEditKind.Restored, old.Subject, old.Body, row => new MailTemplateRestored(row.Id, row.Template, row.Language, number), ct);
    }

    private Task ResetAsync(PortalDb db, Actor actor, MailTemplate template, MailTemplateView before, int version, CancellationToken ct)
    {
        var own = MailTexts.Of(before.Language, template.Key) ?? template.Text;
        return AddAsync(db, actor, before, version, MailTemplateEditKind.Reset, own.Subject, own.Body, row => new MailTemplateReset(row.Id, row.Template, row.Language), ct);
    }

    private async Task AddAsync(
        PortalDb db, Actor actor, MailTemplateView before, int version, MailTemplateEditKind kind, string subject, string body, Func<MailTemplateEdit, DomainEvent> happened, CancellationToken ct)
    {
        if (version != before.Version)
            throw new Conflict("changed", "Someone else changed this template in the meantime. Load it again.");
        var row = new MailTemplateEdit
        {
            Template = before.Key,
            Language = before.Language,
            Number = before.Version + 1,
            Kind = kind,
            Subject = subject,
            Body = body,
            EditedBy = actor.UserId,
            EditedByName = actor.Name,
            EditedAt = time.Now(),
        };
        db.Add(row);
        db.Record(() => happened(row));
        await db.SaveChangesAsync(ct);
        composer.Forget();
    }
}
