namespace Portal.Core.Foundation;

/// <summary>Shows an admin how a text would be mailed, before it is saved, and mails it to themselves.</summary>
public sealed class MailTemplateDesk(Database database, MailComposer composer, MailTemplateQueries queries, RateLimits limits, TimeProvider time)
{
    public static readonly RateLimit Tries = new("mail-template-test", 20, TimeSpan.FromMinutes(10));

    /// <summary>What is wrong with it is part of the answer: whoever types is not done yet.</summary>
    public async Task<MailPreview> PreviewAsync(Actor actor, MailTemplateDraft draft, MailLight light = MailLight.Reader, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        var (template, language, text) = await ReadAsync(db, draft, ct);
        if (text.Problems.Count > 0)
            return new(null, null, null, text.Problems);
        var mail = await composer.ShowAsync(db, template, text, language, await MeAsync(db, actor, language, ct), light, ct);
        return new(mail.Subject, mail.Text, mail.Html, []);
    }

    /// <summary>A delivery like any other, with the samples in its places.</summary>
    public async Task<MailTemplateTrial> TryAsync(Actor actor, MailTemplateDraft draft, CancellationToken ct = default)
    {
        Input.Check(draft);
        await using var db = database.Open(actor, Can.ManageAgency);
        var (template, language, text) = await ReadAsync(db, draft, ct);
        MailTemplateService.Refuse(text.Problems);
        if (await limits.TakeAsync(Tries, $"user {actor.UserId}", ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, $"That was too often. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
        var mail = await composer.ShowAsync(db, template, text, language, await MeAsync(db, actor, language, ct), MailLight.Reader, ct);
        var to = await db.Users.Where(u => u.Id == actor.UserId).Select(u => u.Email).SingleAsync(ct);
        db.Add(new Delivery
        {
            Key = $"mail-template-test:{Guid.CreateVersion7():N}",
            Channel = MailSuppression.Channel,
            Recipient = to!,
            Title = $"Test: {mail.Subject}",
            Body = mail.Text,
            Html = mail.Html,
            CreatedAt = time.Now(),
        }.From(time.Now()));
        db.Record(new MailTemplateTried(Agency.TheId, template.Key, language));
        await db.SaveChangesAsync(ct);
        return new(to!);
    }

    private async Task<(MailTemplate Template, string Language, TemplateText Text)> ReadAsync(PortalDb db, MailTemplateDraft draft, CancellationToken ct)
    {
        var (template, language) = (MailTemplateQueries.Known(draft.Template), MailTemplateQueries.Language(draft.Language));
        var saved = await queries.GetAsync(db, template, language, ct);
        return (template, language, composer.Read(template, draft.Subject ?? saved.Subject, draft.Body ?? saved.Body));
    }

    // As they themselves would read it; but in the language that they look at.
    private static async Task<Addressee> MeAsync(PortalDb db, Actor actor, string language, CancellationToken ct)
    {
        var me = Addressee.Of(await db.Users.AsNoTracking().SingleAsync(u => u.Id == actor.UserId, ct));
        return me.Language == language ? me : me with { Culture = Cultures.All.First(c => c.StartsWith(language, StringComparison.Ordinal)) };
    }
}
