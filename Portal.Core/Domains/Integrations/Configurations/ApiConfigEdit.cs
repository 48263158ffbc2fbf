using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>What an admin wants of a configuration: checked as a whole, then done as a whole, with a line for each thing that is different.</summary>
internal sealed class ApiConfigEdit
{
    private const int LongestLines = 2_000;
    private readonly ApiConfiguration config;
    private readonly ProviderForm form;
    private readonly GivenSettings settings;
    private readonly Dictionary<string, string?> secrets;
    private readonly Dictionary<string, string[]> errors;
    private readonly List<string> lines = [];
    private readonly string name;
    private readonly string? url;
    private readonly bool isSandbox;

    /// <param name="config">New, or as it is.</param>
    /// <param name="input">What is to be different.</param>
    /// <param name="isWhole">Its settings are all there are, but for secrets.</param>
    public ApiConfigEdit(ApiConfiguration config, ChangeApiConfig input, bool isWhole)
    {
        (this.config, form) = (config, config.Form);
        settings = new(form, input.ConfigData, config.Data, isWhole);
        errors = settings.Errors;
        secrets = settings.Secrets;
        foreach (var (field, given) in new[] { (ProviderField.Key, input.ApiKey), (ProviderField.Secret, input.ApiSecret), (ProviderField.Token, input.AccessToken) })
            TakeCredential(field, given?.Trim());
        name = input.Name?.Trim() ?? config.Name;
        isSandbox = input.IsSandbox ?? config.IsSandbox;
        url = UrlOf(input.ApiUrl?.Trim());
    }

    /// <summary>Throws for what is missing or wrong.</summary>
    public void Check(SecretBox box)
    {
        if (name.Length == 0)
            errors.TryAdd("name", ["Give it a name that tells it from others."]);
        if ((url ?? form.UrlOf(isSandbox)) is null)
            errors.TryAdd("api_url", [form.Provider is Provider.Smtp ? "Enter the server, like smtp://mail.example.com:587 or smtps://mail.example.com:465." : "This is needed."]);
        foreach (var field in form.Fields.Where(f => f.IsRequired && !Has(f)))
            errors.TryAdd(ErrorField(field), ["This is needed."]);
        if (!form.HasAny(Has))
            errors.TryAdd(ErrorField(form.Find(form.AnyOf[0])!), [$"Without one of these nothing opens: {string.Join(", ", form.AnyOf.Select(n => form.Find(n)!.Label))}."]);
        CheckMove();
        CheckEnvironment(box);
        if (errors.Count > 0)
            throw new Invalid(errors);
    }

    /// <returns>What is different, a line for each field; none when nothing is.</returns>
    public string Apply(SecretBox box, DateTime now)
    {
        var before = config.Data;
        var isElsewhere = config.Url != (url ?? form.UrlOf(isSandbox)) || config.IsSandbox != isSandbox;
        Note("name", config.Name, name);
        Note("api_url", config.ApiUrl, url);
        Note("is_sandbox", config.IsSandbox ? "true" : "false", isSandbox ? "true" : "false");
        foreach (var field in before.Select(p => p.Key).Union(settings.Plain.Select(p => p.Key)).Order(StringComparer.Ordinal))
        {
            var isOther = Note(before, field);
            isElsewhere |= isOther && form.IsOfAccess(field);
            if (isOther && form.Find(field) is { Verifies: true } && before[field]?.ToString() is { Length: > 0 } earlier)
                config.StillVerifiesWith(field, earlier, box, now);
        }

        var isSealedAnew = false;
        foreach (var (field, plain) in secrets)
            isSealedAnew |= Replace(field, plain, box, now) && form.IsOfAccess(field);
        if (isElsewhere || isSealedAnew)
            config.ForgetStatus(isSealedAnew);
        config.Describe(name, url, isSandbox, settings.Plain);
        var all = string.Join('\n', lines);
        return all.Length > LongestLines ? all[..LongestLines] : all;
    }

    private static string ErrorField(ProviderField field) => field.IsCredential ? field.Name : $"config_data.{field.Name}";

    private void TakeCredential(string field, string? given)
    {
        if (given is null)
            return;
        if (GivenSettings.Unreadable(given, true) is { } wrong)
            errors[field] = [wrong];
        secrets[field] = given.Length == 0 ? null : given;
    }

    private string? UrlOf(string? given)
    {
        if (given is null)
            return config.ApiUrl;
        if (given.Length == 0)
            return null;
        if (ProviderUrl.TryRead(given, form.Provider) is { } read)
            return read.AbsoluteUri.TrimEnd('/') == form.UrlOf(isSandbox) ? null : read.AbsoluteUri.TrimEnd('/');
        errors["api_url"] = [form.Provider is Provider.Smtp ? "Use an address like smtp://mail.example.com:587 or smtps://mail.example.com:465." : "Use an address like https://api.example.com, without a question mark and without a password in it."];
        return config.ApiUrl;
    }

    private bool Has(ProviderField field) => field.IsSecret
        ? secrets.TryGetValue(field.Name, out var given) ? given is not null : config.SecretOf(field.Name) is not null
        : settings.Plain[field.Name] is not null;

    /// <summary>Whoever may not read a secret may not have it sent to a server of their own either.</summary>
    private void CheckMove()
    {
        if (!IsMoved())
            return;
        foreach (var kept in config.Secrets.Where(s => s.ReplacedAt is null && !secrets.ContainsKey(s.Field)))
            errors.TryAdd(ProviderField.IsCredentialName(kept.Field) ? kept.Field : $"config_data.{kept.Field}", ["Enter it again: from now on it is used at another address."]);
    }

    /// <summary>A live key must not be taken for one to try with, nor the other way round: money would move, or not.</summary>
    private void CheckEnvironment(SecretBox box)
    {
        if (url is not null && form.WrongUrl(new(url), isSandbox) is { } wrongUrl)
            errors.TryAdd("api_url", [wrongUrl]);
        foreach (var field in form.Fields)
        {
            if (field.WrongIn is { } wrongIn && ValueOf(field, box) is { } value && wrongIn(value, isSandbox) is { } wrong)
                errors.TryAdd(ErrorField(field), [wrong]);
        }
    }

    /// <returns>As it will be; null where there is none, or it cannot be opened.</returns>
    private string? ValueOf(ProviderField field, SecretBox box) => !field.IsSecret ? settings.Plain[field.Name]?.ToString()
        : secrets.TryGetValue(field.Name, out var given) ? given
        : config.SecretOf(field.Name) is { } kept ? box.TryOpen(kept.Sealed, ApiSecret.Purpose(config.Mark, field.Name)) : null;

    private bool IsMoved()
    {
        var before = config.Data;
        return (config.Url is { } from && (url ?? form.UrlOf(isSandbox)) is { } to && new Uri(from).GetLeftPart(UriPartial.Authority) != new Uri(to).GetLeftPart(UriPartial.Authority))
            || settings.Plain.Any(p => ProviderForm.IsAddress(p.Key) && form.Find(p.Key) is null && !JsonNode.DeepEquals(before[p.Key], p.Value));
    }

    private bool Replace(string field, string? plain, SecretBox box, DateTime now)
    {
        var (before, after) = (config.SecretOf(field), plain is null ? null : ApiSecret.Of(config, field, plain, box, now));
        if (before?.Fingerprint == after?.Fingerprint)
            return false;
        config.Replace(field, after, now);
        lines.Add($"{field}: {(after is null ? "removed" : before is null ? "set" : "replaced")}");
        return true;
    }

    /// <returns>Whether it is different.</returns>
    private bool Note(JsonObject before, string field)
    {
        if (JsonNode.DeepEquals(before[field], settings.Plain[field]))
            return false;

        // What we know nothing of may be anything: that it changed is enough.
        if (form.Find(field) is { Kind: not ProviderFieldKind.LongText })
            Note(field, before[field]?.ToString(), settings.Plain[field]?.ToString());
        else
            lines.Add($"{field}: {(settings.Plain[field] is null ? "removed" : before[field] is null ? "set" : "changed")}");
        return true;
    }

    private void Note(string field, string? before, string? after)
    {
        if ((before ?? "") != (after ?? ""))
            lines.Add(before is { Length: > 0 } ? $"{field}: {before} → {(after is { Length: > 0 } ? after : "removed")}" : $"{field}: {after}");
    }
}
