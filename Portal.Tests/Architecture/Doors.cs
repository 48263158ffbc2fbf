using System.Reflection;
using System.Reflection.Emit;
using Portal.Core.Domains.People;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Architecture;

/// <summary>Who may see whom. You may look down, never up; rooms of the first floor see each other only through these doors.</summary>
public class Doors
{
    private const string Ground = "Portal.Core.Foundation";
    private const string First = "Portal.Core.Domains.";
    private const string Second = "Portal.Core.Reactions.";
    private static readonly Assembly Core = typeof(PortalDb).Assembly;

    /// <summary>DECISIONS.md, "Doors". A room that is not here has none.</summary>
    private static readonly Dictionary<string, string[]> Open = new()
    {
        ["Templates"] = ["Integrations"],
        ["RedeemCodes"] = ["Wallets"],
        ["Payments"] = ["Wallets", "Integrations"],
        ["Invoices"] = ["Wallets", "Payments"],
        ["Services"] = ["Wallets", "Payments", "Invoices"],
        ["Projects"] = ["Services", "Wallets", "Invoices", "Approvals"],
        ["Disputes"] = ["Wallets", "Payments", "Invoices"],
        ["Campaigns"] = ["Contacts", "Templates", "Wallets", "Payments", "Integrations", "Approvals"],
        ["Content"] = ["Integrations", "Approvals"],
        ["Websites"] = ["Projects", "Services", "Integrations", "Approvals"],
        ["Courses"] = ["Services", "Wallets", "Payments", "Invoices"],
        ["Conversations"] = ["Services", "Integrations"],
        ["Apps"] = ["Wallets"],
    };

    private static readonly string[] Rooms = ["Wallets", "Integrations", "Approvals", "Contacts", "People", .. Open.Keys];

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => (int)(ushort)c.Value);

    private static readonly Lazy<List<(Type From, Type To)>> Looks = new(() => [.. Core.GetTypes().SelectMany(from => Seen(from).Distinct().Select(to => (from, to)))]);

    [Fact]
    public void The_ground_floor_sees_nothing_above_it() =>
        Assert.Empty(Forbidden(from => from.StartsWith(Ground, StringComparison.Ordinal), to => to.StartsWith(First, StringComparison.Ordinal) || to.StartsWith(Second, StringComparison.Ordinal)));

    [Fact]
    public void The_first_floor_does_not_see_the_second() =>
        Assert.Empty(Forbidden(from => from.StartsWith(First, StringComparison.Ordinal), to => to.StartsWith(Second, StringComparison.Ordinal)));

    [Fact]
    public void The_library_does_not_know_the_host() =>
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), a => a.Name == typeof(Program).Assembly.GetName().Name);

    [Fact]
    public void Rooms_see_each_other_only_through_the_doors() => Assert.Empty(Forbidden(
        from => from.StartsWith(First, StringComparison.Ordinal),
        (from, to) => to.StartsWith(First, StringComparison.Ordinal) && Room(from) != Room(to) && !Open.GetValueOrDefault(Room(from), []).Contains(Room(to))));

    [Fact]
    public void Every_room_is_one_we_know_and_the_doors_lead_to_rooms_without_a_circle()
    {
        Assert.Empty(Core.GetTypes().Select(Home).Where(n => n.StartsWith(First, StringComparison.Ordinal)).Select(Room).Distinct().Except(Rooms));
        Assert.Empty(Open.Values.SelectMany(to => to).Except(Rooms));
        foreach (var room in Open.Keys)
            Assert.DoesNotContain(room, Behind(room));
    }

    [Fact]
    public void The_walk_sees_what_code_does_in_lambdas_and_asynchronous_methods()
    {
        Assert.Contains(Looks.Value, l => Outermost(l.From) == typeof(Notify) && l.To == typeof(AccountEvent)); // a pattern in a method
        Assert.Contains(Looks.Value, l => Outermost(l.From) == typeof(TokenService) && l.To == typeof(RefreshTokenReused)); // newobj in an async lambda
        Assert.Contains(Looks.Value, l => Outermost(l.From) == typeof(NotificationRules) && l.To == typeof(SignedIn)); // a type argument of a call
        Assert.Contains(Looks.Value, l => Outermost(l.From) == typeof(FirstAdmin) && l.To == typeof(Database)); // a constructor's parameter
    }

    private static List<string> Forbidden(Func<string, bool> from, Func<string, bool> to) => Forbidden(from, (_, name) => to(name));

    private static List<string> Forbidden(Func<string, bool> from, Func<string, string, bool> to) =>
        [.. Looks.Value.Where(l => from(Home(l.From)) && to(Home(l.From), Home(l.To))).Select(l => $"{Outermost(l.From).FullName} sees {l.To.FullName}").Distinct()];

    private static IEnumerable<string> Behind(string room) => Open.GetValueOrDefault(room, []).SelectMany(next => Behind(next).Prepend(next));

    private static string Room(string name) => name[First.Length..].Split('.')[0];

    private static string Home(Type type) => Outermost(type) is { Namespace: { } name } ? name : "";

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> Seen(Type type)
    {
        const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

        // PortalDb alone shows the rows of all rooms: DECISIONS.md, "Data".
        var isDb = type == typeof(PortalDb);
        IEnumerable<Type?> seen =
        [
            type.BaseType, .. type.GetInterfaces(), .. type.GetGenericArguments(),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.GetFields(All).Select(f => f.FieldType),
            .. type.GetProperties(All).Where(p => !isDb || !IsDbSet(p.PropertyType)).Select(p => p.PropertyType),
            .. type.GetMethods(All).Where(m => !isDb || !IsDbSet(m.ReturnType)).SelectMany(m => Signature(m).Append(m.ReturnType).Concat(Body(m))),
            .. type.GetConstructors(All).SelectMany(c => Signature(c).Concat(Body(c))),
        ];
        return seen.OfType<Type>().SelectMany(Parts).Where(t => t.Assembly == Core);
    }

    private static bool IsDbSet(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DbSet<>);

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition())
        : [type];

    private static IEnumerable<Type> Signature(MethodBase method) => method.GetParameters().Select(p => p.ParameterType);

    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            return [];
        return body.LocalVariables.Select(v => v.LocalType)
            .Concat(body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType!))
            .Concat(Tokens(body.GetILAsByteArray()!).SelectMany(token => Named(method, token)));
    }

    private static IEnumerable<Type> Named(MethodBase method, int token)
    {
        var member = method.Module.ResolveMember(
            token,
            method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null);
        return member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            MethodBase called => [called.DeclaringType!, .. Signature(called), .. called is MethodInfo m ? m.GetGenericArguments().Append(m.ReturnType) : []],
            _ => [],
        };
    }

    /// <summary>The metadata tokens of a method's instructions.</summary>
    private static List<int> Tokens(byte[] il)
    {
        var (tokens, at) = (new List<int>(), 0);
        while (at < il.Length)
        {
            var code = Codes[il[at] == 0xFE ? (0xFE << 8) | il[at + 1] : il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                tokens.Add(BitConverter.ToInt32(il, at));
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }

        return tokens;
    }
}
