package io.throughline;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds SQL that is put together while the program runs, in compiled classes: what the compiler could join is one constant there, whatever the
/// source looked like.
///
/// A statement is a constant, a static final field, or a parameter of a private method; and no text that reads like SQL is joined, formatted or
/// replaced at run time.
final class SqlText {

    /// What takes a statement as its only argument.
    private static final Set<String> STATEMENTS = Set.of("sql", "prepareStatement", "prepareCall", "executeQuery", "executeUpdate", "execute", "executeLargeUpdate", "addBatch");
    private static final Set<String> FILLED_IN = Set.of("formatted", "format", "replace", "replaceAll", "concat", "append", "join");
    /// Instructions, labels and line numbers.
    private static final int NEAR = 12;
    private static final Pattern READS_LIKE_SQL = Pattern.compile(
            "(?is)\\bselect\\b.*\\bfrom\\b|\\binsert into\\b|\\bupdate \\w+\\s+set\\b|\\bdelete from\\b|\\bcreate (sequence|table|index|trigger|or replace)\\b"
                    + "|^\\s*(select|from|where|and|or|order by|group by|limit|join|left join|for update)\\b.*[=:(]|\\bwhere \\w+(\\.\\w+)? (=|in|<|>|is|like)");

    private SqlText() {}

    /// `Type.method: what is wrong`, for every class below a directory.
    static List<String> findings(Path classes) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(classes)) {
            for (var file : files.filter(it -> it.toString().endsWith(".class")).sorted().toList()) {
                found.addAll(findings(Files.readAllBytes(file)));
            }
        }
        return found;
    }

    static List<String> findings(byte[] compiled) {
        var type = ClassFile.of().parse(compiled);
        var found = new ArrayList<String>();
        for (var method : type.methods()) {
            method.code().ifPresent(code -> {
                var elements = code.elementList();
                for (int i = 0; i < elements.size(); i++) {
                    if (elements.get(i) instanceof InvokeInstruction call && takesAStatement(call)) {
                        for (var given : before(elements, i)) {
                            if (!isOurs(given, method)) {
                                found.add(name(type, method) + ": the text given to " + call.name().stringValue() + " is made at run time");
                            }
                        }
                    }
                    if (elements.get(i) instanceof InvokeDynamicInstruction joined && joined.name().equalsString("makeConcatWithConstants")
                            && joined.bootstrapArgs().stream().anyMatch(it -> READS_LIKE_SQL.matcher(it.toString()).find())) {
                        found.add(name(type, method) + ": joins " + joined.bootstrapArgs());
                    }
                    if (elements.get(i) instanceof InvokeInstruction filled && FILLED_IN.contains(filled.name().stringValue())
                            && filled.owner().asInternalName().startsWith("java/lang/String") && READS_LIKE_SQL.matcher(filledIn(elements.subList(0, i), filled)).find()) {
                        found.add(name(type, method) + ": " + filled.name().stringValue() + " of text that reads like SQL");
                    }
                }
            });
        }
        return found;
    }

    private static boolean takesAStatement(InvokeInstruction call) {
        var owner = call.owner().asInternalName();
        return STATEMENTS.contains(call.name().stringValue()) && call.type().stringValue().startsWith("(Ljava/lang/String;)")
                && (owner.equals("org/springframework/jdbc/core/simple/JdbcClient") || owner.startsWith("java/sql/"));
    }

    /// The instructions that may have left the last argument: the one before, and for each branch of a conditional the one before its end.
    private static List<Instruction> before(List<CodeElement> elements, int at) {
        var found = new ArrayList<Instruction>();
        var labels = new ArrayList<Label>();
        int i = at - 1;
        for (; !(elements.get(i) instanceof Instruction); i--) {
            if (elements.get(i) instanceof LabelTarget target) {
                labels.add(target.label());
            }
        }
        found.add((Instruction) elements.get(i));
        for (int j = 1; j < at; j++) {
            if (elements.get(j) instanceof BranchInstruction branch && labels.contains(branch.target())) {
                found.addAll(before(elements, j));
            }
        }
        return found;
    }

    private static boolean isOurs(Instruction given, MethodModel method) {
        return switch (given) {
            case ConstantInstruction constant -> constant.constantValue() instanceof String;
            case FieldInstruction field -> field.opcode() == Opcode.GETSTATIC
                    && field.name().stringValue().equals(field.name().stringValue().toUpperCase(Locale.ROOT));
            case LoadInstruction load -> method.flags().has(AccessFlag.PRIVATE)
                    && load.slot() < method.methodTypeSymbol().parameterCount() + (method.flags().has(AccessFlag.STATIC) ? 0 : 1);
            default -> false;
        };
    }

    /// The last text before the call that has a placeholder, or for what needs none the texts just before it.
    private static String filledIn(List<CodeElement> before, InvokeInstruction call) {
        if (call.name().stringValue().startsWith("format")) {
            return literals(before).filter(it -> it.contains("%")).reduce("", (_, last) -> last);
        }
        return literals(before.subList(Math.max(0, before.size() - NEAR), before.size())).collect(Collectors.joining("\n"));
    }

    private static Stream<String> literals(List<CodeElement> elements) {
        return elements.stream().filter(ConstantInstruction.LoadConstantInstruction.class::isInstance).map(ConstantInstruction.LoadConstantInstruction.class::cast)
                .map(ConstantInstruction.LoadConstantInstruction::constantEntry).filter(StringEntry.class::isInstance).map(it -> ((StringEntry) it).stringValue());
    }

    private static String name(ClassModel type, MethodModel method) {
        var internal = type.thisClass().asInternalName();
        return internal.substring(internal.lastIndexOf('/') + 1) + "." + method.methodName().stringValue();
    }
}
