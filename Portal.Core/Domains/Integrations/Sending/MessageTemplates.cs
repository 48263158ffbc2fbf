namespace Portal.Core.Domains.Integrations;

/// <summary>Of the portal's own mails those that somebody may send by hand: to the agency's people only, who fill in their places and see how one would read.</summary>
public sealed class MessageTemplates(Database database, MailComposer mails, PortalOptions portal)
{
    private readonly MessageWords words = new(mails, portal);

    /// <returns>By name; none for a client's own people.</returns>
    public IReadOnlyList<MessageTemplateView> List(Actor actor) => !actor.May(Can.SendMessages) || actor.Role is Role.Client ? [] :
        [.. MailTemplates.All.Where(MessageWords.IsByHand).Select(View).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>As it would be sent now.</summary>
    public async Task<MessagePreview> PreviewAsync(Actor actor, string? template, IReadOnlyDictionary<string, System.Text.Json.JsonElement> values, CancellationToken ct = default)
    {
        if (List(actor).All(t => t.Key != template))
            throw new NotFound("template");
        await using var db = database.Open(actor, Can.SendMessages);
        var content = await words.MakeAsync(db, new SendMessage { Channel = MessageChannel.Email, Template = template, Values = new(values) }, ct);
        return new(content.Subject, content.Body);
    }

    private MessageTemplateView View(MailTemplate template)
    {
        var wanted = MessageWords.Wanted(template).Select(v => v.Name).ToHashSet();
        return new(template.Key, template.Text.Name, template.Text.About, [.. mails.Variables(template).Where(v => wanted.Contains(v.Name)).OrderBy(v => v.IsOptional)]);
    }
}

/// <summary>A mail of the portal's own that may be sent by hand, with its places.</summary>
public sealed record MessageTemplateView(string Key, string Name, string About, IReadOnlyList<MailVariableView> Variables);

/// <summary>How a message would read.</summary>
public sealed record MessagePreview(string Subject, string Text);
