using System.Globalization;
using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>What a message says once it is made: the same for everybody who gets it.</summary>
internal sealed record MessageContent(string Subject, string Body, string? Html = null)
{
    /// <summary>Of WhatsApp: what stands in the template's places.</summary>
    public string? Values { get; init; }
}

/// <summary>Makes the words of a message: one's own as they are, or a template with its places filled in.</summary>
internal sealed class MessageWords(MailComposer mails, PortalOptions portal)
{
    private const int LongestSms = 1_600;
    private const int LongestWhatsapp = 4_096;
    private const int Shown = 80;

    // What opens an account or guards it is written by the portal alone.
    private static readonly MailCategory[] NotByHand = [MailCategory.SignIn, MailCategory.Security, MailCategory.Digest];

    public static bool IsByHand(MailTemplate template) => !NotByHand.Contains(template.Category) && template.Variables.All(v => v is { IsSecret: false, Kind: not VariableKind.List });

    /// <summary>What the portal does not fill in by itself.</summary>
    public static IEnumerable<TemplateVariable> Wanted(MailTemplate template) => template.Variables.Where(v => v == MailVariables.Name || !MailVariables.Everywhere.Contains(v));

    public async Task<MessageContent> MakeAsync(PortalDb db, NewMessage message, CancellationToken ct)
    {
        if (message.Template is not null && (message.Subject ?? message.Body) is not null)
            throw new Invalid("template", "Send a template or words of your own, not both.");
        return message.Channel switch
        {
            MessageChannel.Email when message.Template is not null => await OfMailTemplateAsync(db, message, ct),
            MessageChannel.Email => new(message.Subject ?? throw Missing("subject"), message.Body ?? throw Missing("body")),
            MessageChannel.Sms when message.Template is not null => throw new Invalid("template", "Text messages have no templates."),
            MessageChannel.Sms => Text(message.Body, LongestSms),
            _ when message.Template is { } name => OfWhatsappTemplate(name, message.BodyValues ?? []),
            _ => Text(message.Body, LongestWhatsapp),
        };
    }

    private static MessageContent Text(string? body, int most) => body is null ? throw Missing("body")
        : body.Length > most ? throw new Invalid("body", $"At most {most.ToString("N0", CultureInfo.InvariantCulture)} characters.")
        : new(Beginning(body), body);

    private static MessageContent OfWhatsappTemplate(string name, IReadOnlyList<string> values)
    {
        if (name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not '_'))
            throw new Invalid("template", "Names of WhatsApp templates have small letters, digits and underscores.");
        if (values.Select((v, i) => (v, i)).FirstOrDefault(v => string.IsNullOrWhiteSpace(v.v) || v.v.Length > 1_024) is { v: not null } wrong)
            throw new Invalid($"body_values[{wrong.i}]", "Between 1 and 1,024 characters.");
        var body = string.Join('\n', values.Prepend(name));
        return new(Beginning(body), body) { Values = values.Count == 0 ? null : JsonSerializer.Serialize(values) };
    }

    private static string Beginning(string body)
    {
        var line = body.ReplaceLineEndings(" ");
        return line.Length <= Shown ? line : line[..(char.IsHighSurrogate(line[Shown - 2]) ? Shown - 2 : Shown - 1)] + "…";
    }

    private async Task<MessageContent> OfMailTemplateAsync(PortalDb db, NewMessage message, CancellationToken ct)
    {
        var template = MailTemplates.Find(message.Template) is { } known && IsByHand(known) ? known : throw new Invalid("template", "There is no such template, or only the portal itself sends it.");
        var mail = await mails.ComposeAsync(db, template.Key, Addressee.Of((string?)null), Values(template, message.Values ?? []), ct: ct);
        return new(mail.Subject, mail.Text, mail.Html);
    }

    private Dictionary<string, object?> Values(MailTemplate template, Dictionary<string, JsonElement> given)
    {
        var wanted = Wanted(template).ToDictionary(v => v.Name);
        var (errors, values) = (new Dictionary<string, string[]>(), new Dictionary<string, object?>());
        foreach (var name in given.Keys.Where(n => !wanted.ContainsKey(n)))
            errors[$"values.{name}"] = ["The template has no such place."];
        foreach (var variable in wanted.Values)
        {
            var value = given.TryGetValue(variable.Name, out var json) && json.ValueKind is not JsonValueKind.Null ? Read(template, variable, json) : null;
            if (value is not null)
                values[variable.Name] = value;
            else if (given.ContainsKey(variable.Name) || !variable.IsOptional)
                errors[$"values.{variable.Name}"] = [Wanted(variable)];
        }

        return errors.Count == 0 ? values : throw new Invalid(errors);
    }

    private object? Read(MailTemplate template, TemplateVariable variable, JsonElement json)
    {
        var text = json.ValueKind is JsonValueKind.String ? json.GetString()! : null;
        return variable.Kind switch
        {
            VariableKind.Text => text is { Length: > 0 and <= 4_000 } ? text : null,
            VariableKind.Number => json.ValueKind is JsonValueKind.Number && json.TryGetDecimal(out var number) ? number : null,
            VariableKind.Day => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            VariableKind.Moment => text is not null && json.TryGetDateTimeOffset(out var at) ? at.UtcDateTime : null,
            VariableKind.Money => Amount(json),
            VariableKind.Url => text is not null && new TemplateRules(template.Variables, new(portal.PublicUrl)).Address(text, variable.LeadsElsewhere) is not null ? text : null,
            _ => null,
        };
    }

    private static object? Amount(JsonElement json)
    {
        try
        {
            return json.ValueKind is JsonValueKind.Object ? json.Deserialize<Money>(EventTypes.Json) : null;
        }
        catch (Exception e) when (e is JsonException or PortalException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string Wanted(TemplateVariable variable) => variable.Kind switch
    {
        VariableKind.Text => "A text is needed here.",
        VariableKind.Number => "A number is needed here.",
        VariableKind.Day => "A day is needed here, like 2026-11-28.",
        VariableKind.Moment => "An instant is needed here, like 2026-11-28T08:00:00Z.",
        VariableKind.Money => "An amount is needed here, like {\"amount\":\"36.40\",\"currency\":\"USD\"}.",
        _ => "A page of the portal is needed here, like /dashboard.",
    };

    private static Invalid Missing(string field) => new(field, "This is needed.");
}
