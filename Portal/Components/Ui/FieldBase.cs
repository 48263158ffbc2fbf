using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using Portal.Core.Foundation;

namespace Portal.Components.Ui;

/// <summary>What all fields have: a label, help, an error beside them and a bound value.</summary>
public abstract class FieldBase<TValue> : ComponentBase
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What happens or what is allowed.</summary>
    [Parameter]
    public string? Help { get; set; }

    [Parameter]
    public bool Optional { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>The field's snake_case name in a refusal; by default the bound property's.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    public TValue? Value { get; set; }

    [Parameter]
    public EventCallback<TValue> ValueChanged { get; set; }

    [Parameter]
    public Expression<Func<TValue>>? ValueExpression { get; set; }

    /// <summary>Further attributes of the input.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? More { get; set; }

    public string Id => $"{Errors?.Form ?? "field"}-{ErrorName}";

    public string? Error => Errors?.For(ErrorName);

    [CascadingParameter]
    protected FieldErrors? Errors { get; set; }

    /// <summary>The path of the bound property (Input.Email): what a posted form is read by.</summary>
    protected string Path => ValueExpression is null ? ErrorName : string.Join('.', Members(ValueExpression.Body).Reverse());

    protected string? Invalid => Error is null ? null : "true";

    protected string? DescribedBy => (Help, Error) switch
    {
        (null, null) => null,
        (_, null) => Id + "-help",
        (null, _) => Id + "-error",
        _ => $"{Id}-error {Id}-help",
    };

    private string ErrorName => Name ?? (ValueExpression is null ? "value" : Input.Name(Members(ValueExpression.Body).First()));

    protected Task Set(TValue? value) => ValueChanged.InvokeAsync(value);

    // From the last member outwards, without the page or closure that the path hangs on.
    private static IEnumerable<string> Members(Expression? body)
    {
        while (body is MemberExpression { Expression: { } owner } member)
        {
            yield return member.Member.Name;
            body = owner is ConstantExpression ? null : owner;
        }
    }
}
