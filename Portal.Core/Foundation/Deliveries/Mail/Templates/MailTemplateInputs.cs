using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Foundation;

/// <summary>Which of the templates are wanted.</summary>
public sealed class MailTemplatePage : PageRequest
{
    [FromQuery(Name = "category")]
    public Choice<MailCategory>? Category { get; set; }

    /// <summary>Only those that an admin has changed, or only those that none has.</summary>
    [FromQuery(Name = "changed")]
    public bool? Changed { get; set; }
}

/// <summary>Words for a template, to look at or to try: what is left out is as it is saved.</summary>
public class MailTemplateDraft
{
    [JsonIgnore]
    public string Template { get; set; } = "";

    /// <summary>Two letters; English when left out.</summary>
    [MaxLength(8)]
    public string Language { get; set => field = string.IsNullOrWhiteSpace(value) ? MailTexts.Standard : value.Trim(); } = MailTexts.Standard;

    public string? Subject { get; set => field = value?.Trim(); }

    [DataType(DataType.MultilineText)]
    public string? Body { get; set => field = value?.Trim().ReplaceLineEndings("\n"); }
}

/// <summary>New words for a template.</summary>
public sealed class SaveMailTemplate : MailTemplateDraft
{
    /// <summary>Of the text that was edited: 0 when it was our own.</summary>
    public int Version { get; set; }
}

/// <summary>An earlier text, or our own, is to hold again.</summary>
public sealed class RestoreMailTemplate
{
    [JsonIgnore]
    public string Template { get; set; } = "";

    [MaxLength(8)]
    public string Language { get; set => field = string.IsNullOrWhiteSpace(value) ? MailTexts.Standard : value.Trim(); } = MailTexts.Standard;

    /// <summary>The number of the change whose text it is; null for our own words.</summary>
    [JsonIgnore]
    public int? Number { get; set; }

    /// <summary>Of the text that holds now.</summary>
    public int Version { get; set; }
}
