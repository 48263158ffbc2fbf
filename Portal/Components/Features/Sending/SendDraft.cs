using System.Globalization;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;

namespace Portal.Components.Features.Sending;

/// <summary>A message as it is typed: recipients and the values of a template a line each.</summary>
internal sealed class SendDraft
{
    private const int MostSaid = 5;
    private static readonly char[] Between = ['\n', ',', ';'];

    public MessageChannel Channel { get; set; }

    public string? Client { get; set; }

    public string? Recipients { get; set; }

    public string? Subject { get; set; }

    public string? Body { get; set; }

    public string? Template { get; set; }

    public string? Language { get; set; }

    /// <summary>One of the portal's own mails.</summary>
    public string? MailTemplate { get; set; }

    /// <summary>What is typed into its places, by their names.</summary>
    public Dictionary<string, string?> Values { get; } = [];

    public bool HasTemplate => Channel is MessageChannel.Whatsapp && !string.IsNullOrWhiteSpace(Template);

    /// <summary>However often it is pressed, it is sent once.</summary>
    private string Key { get; } = Guid.CreateVersion7().ToString("N");

    public async Task<SentBatch> SendAsync(MessageService service, Actor me, MessageTemplateView? template, Zone zone, CancellationToken ct)
    {
        var to = Lines(Recipients, Between);
        if (to.Count == 0)
            throw new Invalid("recipients", "This is needed.");
        try
        {
            return await service.SendManyAsync(me, new()
            {
                Channel = Channel,
                Client = long.TryParse(Client, CultureInfo.InvariantCulture, out var id) ? id : null,
                Recipients = to,
                Subject = Channel is MessageChannel.Email && template is null ? Subject : null,
                Body = HasTemplate || template is not null ? null : Body,
                Template = template?.Key ?? (HasTemplate ? Template : null),
                Values = template is null ? null : TemplateDraft.Values(template, Values, zone),
                Language = HasTemplate ? Language : null,
                BodyValues = HasTemplate ? Lines(Body, ['\n']) : null,
                Key = Key,
            }, ct);
        }
        catch (Invalid invalid) when (invalid.Errors.Keys.Any(k => Place(k) is not null))
        {
            throw new Invalid("recipients", string.Join(' ', invalid.Errors.Where(e => Place(e.Key) is not null).Take(MostSaid).Select(e => $"{to[Place(e.Key)!.Value]}: {e.Value[0]}")));
        }
    }

    private static int? Place(string field) =>
        field.StartsWith("recipients[", StringComparison.Ordinal) && int.TryParse(field["recipients[".Length..^1], CultureInfo.InvariantCulture, out var place) ? place : null;

    private static List<string> Lines(string? text, char[] between) => [.. (text ?? "").Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
